import { calledInterfaces } from '../../parlayx/interfaces/interfaces'
import { addressOf, type ParlayRow } from './parlayx-route'
import { smsRoutes } from './sms'

/** Every address of the Parlay X interface. */
export const parlayxRoutes: readonly ParlayRow[] = [
  ...smsRoutes,
  ...calledInterfaces.map((described) => ({
    kind: 'description' as const,
    method: 'GET',
    path: addressOf(described),
    described,
  })),
  { kind: 'document', method: 'GET', path: '/parlayx/documents/:name' },
]
