import 'server-only'
import { z } from 'zod'
import type { OpenCheckout } from '@/app/_glue/checkout'
import { otherModules } from '@/app/_glue/other-modules'
import { openSealed } from '@/app/_glue/sealed-input'
import { readShares } from '@/app/_glue/split-view'
import type { PayAnswer } from '@/components/checkout/checkout-view'
import type { BankAccount } from '@/lib/bank-accounts/bank-accounts'
import type { Uuid } from '@/lib/ids'
import { readPhoneNumber } from '@/lib/billing/phone-number'
import { money } from '@/lib/money/money'
import type { MeansInput } from '@/lib/payments/plan-means'
import { mixedMeans } from './mixed-means'

const saved = z.strictObject({ kind: z.literal('saved'), cardId: z.uuid() })
const split = z.strictObject({ kind: z.literal('split'), shares: z.unknown(), mayRetry: z.boolean() })
const typed = z.strictObject({
  kind: z.literal('typed'),
  remember: z.boolean(),
  email: z.email().max(254).optional(),
})
const message = z.string().max(8000)
const part = z
  .strictObject({
    amount: z.bigint().positive(),
    rest: z.discriminatedUnion('kind', [saved, split, typed]),
  })
  .optional()

/** What a browser sends as the chosen means; numbers and codes are in the sealed message. */
export const choiceInput = z.discriminatedUnion('kind', [
  saved,
  split,
  typed.extend({ message }),
  z.strictObject({ kind: z.literal('phone'), message, part }),
  z.strictObject({ kind: z.literal('stored'), module: z.enum(['micro-account', 'e-cash']), message, part }),
  z.strictObject({ kind: z.literal('bank'), message, remember: z.boolean() }),
  z.strictObject({ kind: z.literal('cash'), message }),
  z.strictObject({ kind: z.literal('giro'), message }),
  z.strictObject({ kind: z.literal('debit'), message }),
  z.strictObject({ kind: z.literal('module'), code: z.string().max(32), message }),
  z.strictObject({
    kind: z.literal('mix'),
    message,
    parts: z
      .array(z.strictObject({ means: z.string().max(60), amount: z.bigint().positive() }))
      .min(2)
      .max(12),
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

/** What was typed to pay from an account; its module reads it more closely. */
const sealedAccount = z.strictObject({ bank: z.record(z.string(), z.string().max(64)) })

/** What may be kept of it, which its password is no part of. */
const accountToKeep = z.object({ bank: z.string(), account: z.string(), name: z.string() })

/** Where the goods go; its module reads it more closely. */
const sealedRecipient = z.strictObject({ cash: z.record(z.string(), z.string().max(200)) })

/** Who is sent the statement; its module reads it more closely. */
const sealedPayer = z.strictObject({ giro: z.record(z.string(), z.string().max(254)) })

/** The account to debit, or a mandate; its module reads it more closely. What was sealed, was agreed to. */
const sealedDebit = z.strictObject({ debit: z.record(z.string(), z.string().max(100)) })

/** What a module of somebody else's asks for; it reads it more closely. */
const sealedModule = z.strictObject({ module: z.record(z.string().max(32), z.string().max(200)) })

/** What each part of a divided order needs, by its name; its module reads it more closely. */
const sealedMix = z.strictObject({ mix: z.record(z.string().max(60), z.record(z.string(), z.string().max(254))) })

/** What the code was typed for; its module reads it more closely. */
const sealedPhone = z.strictObject({ phone: z.record(z.string(), z.string().max(64)), card: card.optional() })
const sealedStored = z.strictObject({ stored: z.record(z.string(), z.string().max(64)), card: card.optional() })

export interface ChosenMeans {
  readonly means: readonly MeansInput[]
  /** The V-Card that was made for this try. */
  readonly vcardId?: Uuid
  /** For the receipt, as typed. */
  readonly email?: string
  /** The account that the shopper wants to keep, once its bank has verified it. */
  readonly account?: BankAccount
}

const refused = (reason: Extract<PayAnswer, { kind: 'refused' }>['reason']): PayAnswer => ({ kind: 'refused', reason })

/** The chosen means as payments take them, or why that cannot be. */
export async function meansOf(
  checkout: OpenCheckout,
  id: string,
  chosen: ChosenInput,
): Promise<ChosenMeans | PayAnswer> {
  const { gateway, payment } = checkout
  if (chosen.kind === 'saved' || chosen.kind === 'split') return cardMeans(checkout, chosen, payment.amount)
  const opened = await openSealed(gateway, chosen.message, { tid: id, tenantId: payment.merchantId })
  if (chosen.kind === 'typed') {
    const read = card.safeParse(opened)
    return read.success ? cardMeans(checkout, { ...chosen, card: read.data }, payment.amount) : refused('sealed')
  }

  if (chosen.kind === 'bank') {
    const read = sealedAccount.safeParse(opened)
    if (!read.success) return refused('sealed')
    const { bank: input } = read.data
    const account = chosen.remember ? accountToKeep.safeParse(input).data : undefined
    return { means: [{ module: 'bank-transfer', input }], ...(account && { account }) }
  }

  if (chosen.kind === 'cash') {
    const read = sealedRecipient.safeParse(opened)
    return read.success ? { means: [{ module: 'cash-on-delivery', input: read.data.cash }] } : refused('sealed')
  }

  if (chosen.kind === 'giro') {
    const read = sealedPayer.safeParse(opened)
    return read.success ? { means: [{ module: 'giro', input: read.data.giro }] } : refused('sealed')
  }

  if (chosen.kind === 'debit') {
    const read = sealedDebit.safeParse(opened)
    if (!read.success) return refused('sealed')
    const { debit } = read.data
    const input = 'mandateId' in debit ? debit : { ...debit, agreed: true }
    return { means: [{ module: 'direct-debit', input }] }
  }

  if (chosen.kind === 'module') {
    const read = sealedModule.safeParse(opened)
    if (!read.success) return refused('sealed')
    const isOffered = otherModules(checkout).some(({ code }) => code === chosen.code)
    return isOffered ? { means: [{ module: chosen.code, input: read.data.module }] } : refused('wrong-means')
  }

  if (chosen.kind === 'mix') {
    const read = sealedMix.safeParse(opened)
    if (!read.success) return refused('sealed')
    const others = otherModules(checkout).map(({ code }) => code)
    return mixedMeans(chosen.parts, { secrets: read.data.mix, others, total: payment.amount })
  }

  const first = chosen.kind === 'phone' ? readPhone(opened) : readStored(chosen.module, opened)
  if (!first) return refused('sealed')
  const { part: share } = chosen
  const { means } = first
  if (!share) return { means: [means] }
  const left = payment.amount - share.amount
  if (left <= 0n) return refused('means-do-not-sum')
  const carried = { ...means, amount: share.amount }
  if (share.rest.kind !== 'typed') return beside(carried, await cardMeans(checkout, share.rest, left))
  if (!first.card) return refused('sealed')
  return beside(carried, await cardMeans(checkout, { ...share.rest, card: first.card }, left))
}

interface FirstMeans {
  readonly means: MeansInput
  /** Typed for the rest. */
  readonly card: TypedCard | undefined
}

function readPhone(opened: unknown): FirstMeans | undefined {
  const { data } = sealedPhone.safeParse(opened)
  return data && { means: { module: 'phone-bill', input: data.phone }, card: data.card }
}

function readStored(module: string, opened: unknown): FirstMeans | undefined {
  const { data } = sealedStored.safeParse(opened)
  if (!data) return undefined
  const { mobile, ...stored } = data.stored
  const number = mobile === undefined ? undefined : readPhoneNumber(mobile)
  return { means: { module, input: { ...stored, ...(number && { mobile: number }) } }, card: data.card }
}

/** The first means carries its part beside whatever carries the rest. */
function beside(first: MeansInput, rest: ChosenMeans | PayAnswer): ChosenMeans | PayAnswer {
  return 'means' in rest ? { ...rest, means: [first, ...rest.means] } : rest
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
