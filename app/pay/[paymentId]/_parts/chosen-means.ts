import 'server-only'
import { z } from 'zod'
import type { OpenCheckout } from '@/app/_glue/checkout'
import { openSealed } from '@/app/_glue/sealed-input'
import { readShares } from '@/app/_glue/split-view'
import type { PayAnswer } from '@/components/checkout/checkout-view'
import type { Uuid } from '@/lib/ids'
import { money } from '@/lib/money/money'
import type { MeansInput } from '@/lib/payments/plan-means'

const saved = z.strictObject({ kind: z.literal('saved'), cardId: z.uuid() })
const split = z.strictObject({ kind: z.literal('split'), shares: z.unknown(), mayRetry: z.boolean() })
const typed = z.strictObject({
  kind: z.literal('typed'),
  remember: z.boolean(),
  email: z.email().max(254).optional(),
})
const message = z.string().max(8000)

/** What a browser sends as the chosen means; numbers and codes are in the sealed message. */
export const choiceInput = z.discriminatedUnion('kind', [
  saved,
  split,
  typed.extend({ message }),
  z.strictObject({
    kind: z.literal('phone'),
    message,
    part: z
      .strictObject({
        amount: z.bigint().positive(),
        rest: z.discriminatedUnion('kind', [saved, split, typed]),
      })
      .optional(),
  }),
])
type ChosenInput = z.output<typeof choiceInput>

const card = z.strictObject({
  number: z.string().regex(/^[0-9]{12,19}$/),
  expiry: z.string().regex(/^[0-9]{2}(?:0[1-9]|1[0-2])$/),
  securityCode: z
    .string()
    .regex(/^[0-9]{3,4}$/)
    .optional(),
})
type TypedCard = z.output<typeof card>

/** What the code was typed for; its module reads it more closely. */
const sealedPhone = z.strictObject({ phone: z.record(z.string(), z.string().max(64)), card: card.optional() })

export interface ChosenMeans {
  readonly means: readonly MeansInput[]
  /** The V-Card that was made for this try. */
  readonly vcardId?: Uuid
  /** For the receipt, as typed. */
  readonly email?: string
}

const refused = (reason: Extract<PayAnswer, { kind: 'refused' }>['reason']): PayAnswer => ({ kind: 'refused', reason })

/** The chosen means as payments take them, or why that cannot be. */
export async function meansOf(
  checkout: OpenCheckout,
  id: string,
  chosen: ChosenInput,
): Promise<ChosenMeans | PayAnswer> {
  const { gateway, payment } = checkout
  if (chosen.kind !== 'typed' && chosen.kind !== 'phone') return cardMeans(checkout, chosen, payment.amount)
  const opened = await openSealed(gateway, chosen.message, { tid: id, tenantId: payment.merchantId })
  if (chosen.kind === 'typed') {
    const read = card.safeParse(opened)
    return read.success ? cardMeans(checkout, { ...chosen, card: read.data }, payment.amount) : refused('sealed')
  }

  const read = sealedPhone.safeParse(opened)
  if (!read.success) return refused('sealed')
  const { part } = chosen
  const phone = { module: 'phone-bill', input: read.data.phone, ...(part && { amount: part.amount }) }
  if (!part) return { means: [phone] }
  const left = payment.amount - part.amount
  if (left <= 0n) return refused('means-do-not-sum')
  if (part.rest.kind !== 'typed') return beside(phone, await cardMeans(checkout, part.rest, left))
  if (!read.data.card) return refused('sealed')
  return beside(phone, await cardMeans(checkout, { ...part.rest, card: read.data.card }, left))
}

/** The phone bill carries its part beside whatever carries the rest. */
function beside(phone: MeansInput, rest: ChosenMeans | PayAnswer): ChosenMeans | PayAnswer {
  return 'means' in rest ? { ...rest, means: [phone, ...rest.means] } : rest
}

type CardChoice =
  Extract<ChosenInput, { kind: 'saved' | 'split' }> | (z.output<typeof typed> & { readonly card: TypedCard })

async function cardMeans(
  { gateway, payment, person }: OpenCheckout,
  chosen: CardChoice,
  amount: bigint,
): Promise<ChosenMeans | PayAnswer> {
  switch (chosen.kind) {
    case 'saved':
      return { means: [{ module: 'card', amount, input: { cardId: chosen.cardId } }] }
    case 'typed': {
      const { number, expiry } = chosen.card
      if (chosen.remember && person) {
        await gateway.cards.add(person.id, { number, expiry, holderName: person.name, nickname: '' })
      }
      return { means: [{ module: 'card', amount, input: chosen.card }], ...(chosen.email && { email: chosen.email }) }
    }
    case 'split': {
      const shares = readShares(chosen.shares)
      if (!shares || !person) return refused('wrong-means')
      const { merchantId, currency } = payment
      const wanted = { merchantId, amount: money(amount, currency), shares, mayRetry: chosen.mayRetry }
      const made = await gateway.vcards.create(person.id, wanted)
      return made.kind === 'created'
        ? { means: [{ module: 'vcard', amount, input: { vcardId: made.vcard.id } }], vcardId: made.vcard.id }
        : refused(made.reason === 'shares-do-not-sum' ? 'means-do-not-sum' : 'split')
    }
  }
}
