import 'server-only'
import { z } from 'zod'
import type { CodeAnswer, CodeWay } from '@/components/phone/phone-view'
import { isSpokenTo, readCallingCard, readPhoneNumber } from '@/lib/billing/phone-number'
import type { CodeAnswer as SendAnswer } from '@/lib/billing/phone-bill'
import type { Calling, CallingNumber, Subscriber } from '@/lib/gateways/telco/telco'
import { nameHashOf } from '@/lib/gateways/telco/name-hash'

const pin = z.string().regex(/^[0-9]{4,8}$/)

/** What the form for a line or calling card encrypts. */
export const callingInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('line'),
    number: z.string().max(40),
    name: z.string().trim().min(1).max(60),
    birthDate: z.iso.date(),
  }),
  z.strictObject({ kind: z.literal('calling-card'), number: z.string().max(40), pin }),
])

/** What the form encrypts that asks for a number alone. */
export const numberInput = z.strictObject({ kind: z.enum(['line', 'calling-card']), number: z.string().max(40) })

/** A line that the shopper has proved before. */
export const ownInput = z.strictObject({ kind: z.literal('own'), lineId: z.uuid(), pin: pin.optional() })

export const codeInput = z.strictObject({ codeId: z.uuid(), code: z.string().regex(/^[0-9]{6}$/) })

/** A number as people write it in the form of the wire; undefined for what is none. */
export function readNumber({ kind, number: typed }: z.output<typeof numberInput>): CallingNumber | undefined {
  const number = kind === 'line' ? readPhoneNumber(typed) : readCallingCard(typed)
  return number === undefined ? undefined : { kind, number }
}

/** The same with what else was typed: the PIN of a calling card, the subscriber of a line. */
export function readCalling(
  typed: z.output<typeof callingInput>,
): { calling: Calling; subscriber?: Subscriber } | undefined {
  const number = readNumber(typed)?.number
  if (number === undefined) return undefined
  if (typed.kind === 'calling-card') return { calling: { kind: 'calling-card', number, pin: typed.pin } }
  const subscriber = { nameHash: nameHashOf(typed.name), birthDate: typed.birthDate }
  return { calling: { kind: 'line', number }, subscriber }
}

/** How a code reaches a number, as far as the number itself shows. */
export function wayOf({ kind, number }: CallingNumber): CodeWay {
  if (kind === 'calling-card') return 'card'
  return isSpokenTo(number) ? 'call' : 'text'
}

/** What came of asking for a code, as its form shows it. */
export function sendingView(sent: SendAnswer, way: CodeWay, now: Date): CodeAnswer {
  switch (sent.kind) {
    case 'sent': {
      const { codeId, expiresAt, resendAt } = sent
      return { kind: 'sent', codeId, way, now, expiresAt, resendAt }
    }
    case 'too-many':
      return { kind: 'too-many', now, retryAt: sent.retryAt }
    case 'not-payable':
      return { kind: 'refused', fault: 'refused' }
    case 'not-served':
    case 'try-later':
      return { kind: 'refused', fault: sent.kind }
  }
}
