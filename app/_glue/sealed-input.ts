import 'server-only'
import type { Gateway } from '@/lib/gateway'
import type { Uuid } from '@/lib/ids'

/** Nonces of forms that belong to no merchant are remembered under this one. */
const NOBODY: Uuid = '00000000-0000-0000-0000-000000000000'

/** Forms besides a payment's that send encrypted input. */
export type SealedForm =
  'login' | 'register' | 'registration' | 'password' | 'forgot' | 'reset' | 'card' | 'line' | 'mandate'

/**
 * Opens what a form's page encrypted, once (M-226, P5.3); undefined whatever is wrong with it.
 * @param tid the payment's public identifier, or the form's name
 */
export async function openSealed(
  gateway: Gateway,
  message: string | undefined,
  { tid, tenantId = NOBODY }: { readonly tid: string; readonly tenantId?: Uuid },
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (message === undefined) return undefined
  const opened = await gateway.sealedInput.open(message, { tid, tenantId })
  return opened.kind === 'opened' ? opened.input : undefined
}
