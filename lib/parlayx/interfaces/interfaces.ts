import type { Interface } from '../schema'
import { accountChangeNotification, accountChangeNotificationManager, accountManagement } from './account-management'
import { amountCharging, reserveAmountCharging, reserveVolumeCharging, volumeCharging } from './payment'
import { sendSms, smsNotification, smsNotificationManager } from './sms'

/** The interfaces that are served here, in the order in which people are shown them. */
export const servedInterfaces = [
  amountCharging,
  reserveAmountCharging,
  volumeCharging,
  reserveVolumeCharging,
  accountManagement,
  accountChangeNotificationManager,
  sendSms,
  smsNotificationManager,
] as const satisfies readonly Interface[]

/** The interfaces that applications offer and we call. */
export const calledInterfaces = [accountChangeNotification, smsNotification] as const satisfies readonly Interface[]

type Served = (typeof servedInterfaces)[number]

/** One operation of one interface, as AmountCharging.chargeAmount: what an application may be given the right to call. */
export type Right = Served extends infer I
  ? I extends Interface<infer Name, infer Operations>
    ? `${Name}.${Extract<keyof Operations, string>}`
    : never
  : never

export const rights: readonly Right[] = servedInterfaces.flatMap(({ name, operations }) =>
  // The names come from the very list of which the type is made.
  Object.keys(operations).map((operation) => `${name}.${operation}` as Right),
)

export function isRight(text: string): text is Right {
  return (rights as readonly string[]).includes(text)
}
