import { z } from 'zod'
import { oneLine, showMoney } from './format'
import { paidOutWays, refundWays, type SmsTopic } from './message'
import { smsTexts } from './sms-texts'

/** The stored form of SmsPayload, read back. */
export const smsPayload = z.object({
  sealedTo: z.string(),
  keyId: z.string(),
  masked: z.string(),
  spoken: z.boolean(),
  locale: z.enum(['ko', 'en']),
  until: z.iso.datetime().optional(),
  codeId: z.uuid().optional(),
  shop: z.string().optional(),
  orderName: z.string().optional(),
  amount: z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  objectAt: z.string().optional(),
  text: z.string().optional(),
  way: z.enum(refundWays).optional(),
  by: z.enum(paidOutWays).optional(),
  accountId: z.uuid().optional(),
  account: z
    .string()
    .regex(/^[0-9]{4}$/)
    .optional(),
  balance: z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .optional(),
  postpaid: z.boolean().optional(),
  receiptNumber: z.string().optional(),
})

/** What people typed may be long; a message is short. */
const LONGEST_NAME = 30

/** The text of an SMS, or of what is said on the telephone. A code is in it only now (P6.6: with payee and amount). */
export function renderSms(
  topic: SmsTopic,
  payload: z.output<typeof smsPayload>,
  { code = '', timeZone }: { readonly code?: string; readonly timeZone: string },
): string {
  const { locale, spoken, currency, until, way, by } = payload
  if (topic === 'application-text') return oneLine((payload.text ?? '').normalize('NFC'))
  const shown = (amount: string | undefined) =>
    amount !== undefined && currency !== undefined ? showMoney(amount, currency, locale) : ''
  const texts = smsTexts[locale]
  const text = texts[spoken ? 'spoken' : 'shown'][topic]({
    code,
    shop: short(payload.shop ?? ''),
    orderName: short(payload.orderName ?? ''),
    amount: shown(payload.amount),
    until: until === undefined ? '' : showTime(until, timeZone),
    objectAt: payload.objectAt ?? '',
    receiptNumber: payload.receiptNumber ?? '',
    way: way === undefined ? '' : texts.ways[way],
    paidTo: by === undefined ? '' : texts.paidTo[by],
    account: payload.account ?? '',
    balance: shown(payload.balance),
    postpaid: payload.postpaid ?? false,
  })
  return oneLine(text.normalize('NFC'))
}

function short(name: string): string {
  const characters = [...oneLine(name)]
  return characters.length <= LONGEST_NAME ? characters.join('') : `${characters.slice(0, LONGEST_NAME - 1).join('')}…`
}

/** Hours and minutes: it is minutes away. */
function showTime(at: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })
  return format.format(new Date(at))
}
