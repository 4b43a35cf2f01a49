import 'server-only'
import { z } from 'zod'
import type { CodeAnswer, CodeWay } from '@/components/phone/phone-view'
import { isSpokenTo, readCallingCard, readPhoneNumber } from '@/lib/billing/phone-number'
import type { CodeAnswer as SendAnswer } from '@/lib/billing/phone-bill'
import type { Calling, Subscriber } from '@/lib/gateways/telco/telco'
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

/** A line that the shopper has proved before. */
export const ownInput = z.strictObject({ kind: z.literal('own'), lineId: z.uuid(), pin: pin.optional() })

export const codeInput = z.strictObject({ codeId: z.uuid(), code: z.string().regex(/^[0-9]{6}$/) })

/** A typed number in the form of the wire; undefined for what is no number. */
export function readCalling(
  typed: z.output<typeof callingInput>,
): { calling: Calling; subscriber?: Subscriber } | undefined {
  if (typed.kind === 'calling-card') {
    const number = readCallingCard(typed.number)
    return number === undefined ? undefined : { calling: { kind: 'calling-card', number, pin: typed.pin } }
  }
  const number = readPhoneNumber(typed.number)
  if (number === undefined) return undefined
  const subscriber = { nameHash: nameHashOf(typed.name), birthDate: typed.birthDate }
  return { calling: { kind: 'line', number }, subscriber }
}

/** How a code reaches a number, as far as the number itself shows. */
export function wayOf({ kind, number }: { readonly kind: Calling['kind']; readonly number: string }): CodeWay {
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
