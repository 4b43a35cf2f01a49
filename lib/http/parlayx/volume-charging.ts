import type { ApplicationCaller } from '../../open-service/application'
import { decimalOf } from '../../money/decimal'
import { serviceException } from '../../parlayx/faults'
import { readEndUser } from '../../parlayx/end-user'
import { volumeCharging } from '../../parlayx/interfaces/payment'
import type { HttpGateway } from '../http-gateway'
import { priceOf, readRating } from './charging-parts'
import { charge, chargeSplit, type Deed, refund } from './deeds'
import { serveInterface } from './parlayx-route'
import { readLine } from './read-parts'

interface VolumeInput {
  readonly volume: bigint
  readonly billingText: string
  readonly referenceCode: string
  readonly parameters: readonly { readonly name: string; readonly value: string }[]
}

/** Volume Charging: what is used is said, and rated by the application's tariff. */
export const volumeChargingRoutes = serveInterface(
  volumeCharging,
  {
    chargeVolume: 'parlayx.charge',
    getAmount: 'parlayx.charge',
    refundVolume: 'parlayx.charge',
    chargeSplitVolume: 'parlayx.charge',
  },
  {
    async chargeVolume({ gateway, application, merchant, input }) {
      return charge(await rated(gateway, { application, merchant }, input), input.endUserIdentifier)
    },
    getAmount: ({ gateway, application, merchant, input }) => getAmount(gateway, { application, merchant }, input),
    async refundVolume({ gateway, application, merchant, input }) {
      return refund(await rated(gateway, { application, merchant }, input), input.endUserIdentifier, undefined)
    },
    async chargeSplitVolume({ gateway, application, merchant, input }) {
      return chargeSplit(await rated(gateway, { application, merchant }, input), input.splitInfo)
    },
  },
)

async function rated(gateway: HttpGateway, caller: ApplicationCaller, input: VolumeInput): Promise<Deed> {
  const { volume, billingText, referenceCode, parameters } = input
  const description = readLine('billingText', billingText, 200)
  const amount = priceOf(caller, await readRating(gateway, caller, parameters), volume)
  return { gateway, caller, amount, description, referenceCode }
}

/** What a volume would cost. It says nothing of the end user, whose standing the charge finds out (P6.7). */
export async function getAmount(
  gateway: HttpGateway,
  caller: ApplicationCaller,
  {
    endUserIdentifier,
    volume,
    parameters,
  }: { readonly endUserIdentifier: string } & Omit<VolumeInput, 'billingText' | 'referenceCode'>,
) {
  if (!readEndUser(endUserIdentifier)) throw serviceException('SVC0002', 'endUserIdentifier')
  const { amount, currency } = priceOf(caller, await readRating(gateway, caller, parameters), volume)
  return { result: { description: String(volume), currency, amount: decimalOf(amount, currency) } }
}
