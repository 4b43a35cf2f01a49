import { policyException, serviceException } from '../../parlayx/faults'
import type { StartResult } from '../../parlayx/watches'

/**
 * What an application is answered that asked to be told of something.
 * @throws ParlayFault
 */
export function startAnswer(
  started: StartResult,
  { correlator }: { readonly correlator: string },
): Record<string, never> {
  if (started.kind === 'started') return {}
  if (started.reason === 'correlator-used') throw serviceException('SVC0005', correlator, 'reference')
  throw policyException('POL0001', started.reason)
}
