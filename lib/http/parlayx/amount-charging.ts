import { amountCharging } from '../../parlayx/interfaces/payment'
import { readAmount, readCharge, within } from './charging-parts'
import { charge, chargeSplit, refund } from './deeds'
import { serveInterface } from './parlayx-route'
import { readLine, readReferenceCode } from './read-parts'
import { serviceException } from '../../parlayx/faults'

/** Amount Charging: the amount is said, or the contract's code for it. */
export const amountChargingRoutes = serveInterface(
  amountCharging,
  { chargeAmount: 'parlayx.charge', refundAmount: 'parlayx.charge', chargeSplitAmount: 'parlayx.charge' },
  {
    async chargeAmount({ gateway, application, merchant, input }) {
      const caller = { application, merchant }
      const read = await readCharge(gateway, caller, input.charge)
      return charge({ gateway, caller, ...read, referenceCode: input.referenceCode }, input.endUserIdentifier)
    },

    /** Here the code names the charge that is reversed: by it, an amount beside it is not said twice. */
    async refundAmount({ gateway, application, merchant, input }) {
      const caller = { application, merchant }
      const { amount: text, code, currency, description } = input.charge
      if (text === undefined) throw serviceException('SVC0007')
      const deed = {
        ...{ gateway, caller, referenceCode: input.referenceCode },
        amount: within(caller, readAmount(caller, text, currency)),
        description: readLine('description', description, 200),
      }
      return refund(deed, input.endUserIdentifier, code === undefined ? undefined : readReferenceCode(code))
    },

    async chargeSplitAmount({ gateway, application, merchant, input }) {
      const caller = { application, merchant }
      const read = await readCharge(gateway, caller, input.charge)
      return chargeSplit({ gateway, caller, ...read, referenceCode: input.referenceCode }, input.splitInfo)
    },
  },
)
