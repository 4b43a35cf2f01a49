import { reserveAmountCharging } from '../../parlayx/interfaces/payment'
import { readCharge } from './charging-parts'
import { serveInterface } from './parlayx-route'
import { readReferenceCode } from './read-parts'
import { identifierOf, placeOf, release, reservationAnswer, reserve } from './reservations'

/** Reserve Amount Charging: set aside, charge in parts, give the rest back. */
export const reserveAmountChargingRoutes = serveInterface(
  reserveAmountCharging,
  {
    reserveAmount: 'parlayx.charge',
    reserveAdditionalAmount: 'parlayx.charge',
    chargeReservation: 'parlayx.charge',
    releaseReservation: 'parlayx.charge',
  },
  {
    async reserveAmount({ gateway, application, merchant, input }) {
      const caller = { application, merchant }
      const read = await readCharge(gateway, caller, input.charge)
      const { endUserIdentifier } = input
      return { result: identifierOf(await reserve(gateway, caller, { endUserIdentifier, ...read })) }
    },

    async reserveAdditionalAmount({ gateway, application, merchant, input }) {
      const caller = { application, merchant }
      const place = placeOf(caller, input.reservationIdentifier)
      const { amount } = await readCharge(gateway, caller, input.charge)
      return reservationAnswer(await gateway.accounts.reserveMore(place, amount))
    },

    async chargeReservation({ gateway, application, merchant, input }) {
      const caller = { application, merchant }
      const place = placeOf(caller, input.reservationIdentifier)
      const reference = readReferenceCode(input.referenceCode)
      const read = await readCharge(gateway, caller, input.charge)
      return reservationAnswer(await gateway.accounts.chargeReservation({ ...place, ...read, reference }))
    },

    releaseReservation: ({ gateway, application, merchant, input }) =>
      release(gateway, placeOf({ application, merchant }, input.reservationIdentifier)),
  },
)
