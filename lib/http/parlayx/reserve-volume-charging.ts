import type { ApplicationCaller } from '../../open-service/application'
import { ParlayFault, serviceException } from '../../parlayx/faults'
import { reserveVolumeCharging } from '../../parlayx/interfaces/payment'
import type { Rated } from '../../parlayx/volumes'
import type { HttpGateway } from '../http-gateway'
import { priceOf, readRating, readVolume, within } from './charging-parts'
import { serveInterface } from './parlayx-route'
import { readLine, readReferenceCode } from './read-parts'
import { identifierOf, type OwnPlace, placeOf, release, reservationAnswer, reserve } from './reservations'
import { getAmount } from './volume-charging'

/** Reserve Volume Charging: a volume is set aside at its price, and what is used of it charged. */
export const reserveVolumeChargingRoutes = serveInterface(
  reserveVolumeCharging,
  {
    getAmount: 'parlayx.charge',
    reserveVolume: 'parlayx.charge',
    reserveAdditionalVolume: 'parlayx.charge',
    chargeReservation: 'parlayx.charge',
    releaseReservation: 'parlayx.charge',
  },
  {
    getAmount: ({ gateway, application, merchant, input }) => getAmount(gateway, { application, merchant }, input),

    async reserveVolume({ gateway, application, merchant, input }) {
      const caller = { application, merchant }
      const description = readLine('billingText', input.billingText, 200)
      const rating = await readRating(gateway, caller, input.parameters)
      const amount = priceOf(caller, rating, input.volume)
      const { endUserIdentifier } = input
      const reservationId = await reserve(gateway, caller, { endUserIdentifier, amount, description })
      const place = { merchantId: merchant.id, reservationId }
      await gateway.volumes.keep(place, rating, input.volume, gateway.clock.now())
      return { result: identifierOf(reservationId) }
    },

    async reserveAdditionalVolume({ gateway, application, merchant, input }) {
      const caller = { application, merchant }
      readLine('billingText', input.billingText, 200)
      const volume = readVolume(input.volume)
      const place = placeOf(caller, input.reservationIdentifier)
      const amount = amountOf(await gateway.volumes.grow(place, volume))
      // Less than one more minor unit is set aside already.
      if (amount.amount === 0n) return {}
      return orUndo(
        () => gateway.volumes.shrink(place, volume),
        async () => reservationAnswer(await gateway.accounts.reserveMore(place, within(caller, amount))),
      )
    },

    async chargeReservation({ gateway, application, merchant, input }) {
      const caller = { application, merchant }
      const place = placeOf(caller, input.reservationIdentifier)
      const description = readLine('billingText', input.billingText, 200)
      const reference = readReferenceCode(input.referenceCode)
      const volume = readVolume(input.volume)
      return chargeVolume(gateway, caller, { place, description, reference, volume })
    },

    releaseReservation: ({ gateway, application, merchant, input }) =>
      release(gateway, placeOf({ application, merchant }, input.reservationIdentifier)),
  },
)

async function chargeVolume(
  { volumes, accounts }: HttpGateway,
  caller: ApplicationCaller,
  of: { place: OwnPlace; description: string; reference: string; volume: bigint },
): Promise<Record<string, never>> {
  const { place, description, reference, volume } = of
  const amount = amountOf(await volumes.begin(place, { reference, volume }))
  // What is begun is paid whole, so that a further bit of it may cost nothing more.
  if (amount.amount === 0n) return {}
  return orUndo(
    () => volumes.forget(place, reference),
    async () =>
      reservationAnswer(
        await accounts.chargeReservation({ ...place, amount: within(caller, amount), description, reference }),
      ),
  )
}

function amountOf(rated: Rated) {
  if (rated.kind === 'rated') return { amount: rated.amount, currency: rated.currency }
  if (rated.reason === 'missing') throw serviceException('SVC0002', 'reservationIdentifier')
  if (rated.reason === 'reference-reused') throw serviceException('SVC0002', 'referenceCode')
  throw serviceException('SVC0270')
}

/** What was noted before a charge is taken back when the charge is refused; after no answer it stands, for the repeat. */
async function orUndo<T>(undo: () => Promise<void>, deed: () => Promise<T>): Promise<T> {
  try {
    return await deed()
  } catch (error) {
    if (error instanceof ParlayFault) await undo()
    throw error
  }
}
