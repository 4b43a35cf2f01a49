import { calledInterfaces } from '../../parlayx/interfaces/interfaces'
import { accountManagementRoutes } from './account-management'
import { amountChargingRoutes } from './amount-charging'
import { addressOf, type ParlayRow } from './parlayx-route'
import { reserveAmountChargingRoutes } from './reserve-amount-charging'
import { reserveVolumeChargingRoutes } from './reserve-volume-charging'
import { smsRoutes } from './sms'
import { volumeChargingRoutes } from './volume-charging'

/** Every address of the Parlay X interface. */
export const parlayxRoutes: readonly ParlayRow[] = [
  ...amountChargingRoutes,
  ...reserveAmountChargingRoutes,
  ...volumeChargingRoutes,
  ...reserveVolumeChargingRoutes,
  ...accountManagementRoutes,
  ...smsRoutes,
  ...calledInterfaces.map((described) => ({
    kind: 'description' as const,
    method: 'GET',
    path: addressOf(described),
    described,
  })),
  { kind: 'document', method: 'GET', path: '/parlayx/documents/:name' },
]
