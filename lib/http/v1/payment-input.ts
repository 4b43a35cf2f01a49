import { z } from 'zod'
import { passesLuhn } from '../../cards/card-number'
import { isPlainLine } from '../../plain-text'
import { amountText, currency, idParameter, moment, page, text } from '../fields'
import { otherWay } from './other-way-input'
import { purchaseTabs } from '../../desk/purchase-tab'

const FORBIDDEN_NAMES = new Set(['constructor', 'prototype'])

const metadata = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,40}$/)
      .refine((name) => !FORBIDDEN_NAMES.has(name)),
    z.string().max(500).normalize('NFC').refine(isPlainLine, 'control-characters'),
  )
  .refine((entries) => Object.keys(entries).length <= 20, 'too-many')
  .meta({ description: 'Up to 20 facts of your own, returned as they were sent.', example: { cart: 'C-1042' } })

const card = z
  .strictObject({
    number: z
      .string()
      .regex(/^[0-9]{12,19}$/, 'bad-card-number')
      .refine(passesLuhn, 'bad-card-number')
      .meta({ description: 'Digits only.', example: '9400010000000006' }),
    expiry: z
      .string()
      .regex(/^[0-9]{2}(?:0[1-9]|1[0-2])$/, 'bad-expiry')
      .meta({ description: 'YYMM.', example: '2912' }),
    securityCode: z
      .string()
      .regex(/^[0-9]{3,4}$/, 'bad-format')
      .optional()
      .meta({ description: 'Used for this one authorization, kept nowhere.' }),
  })
  .meta({ id: 'TypedCard', description: 'A card, or a V-Card, as its holder typed it.' })

const account = z
  .strictObject({
    number: z
      .string()
      .regex(/^[0-9]{16}$/, 'bad-format')
      .meta({ description: 'As it is printed on its card; digits only.', example: '9420000000000000' }),
    pin: z
      .string()
      .regex(/^[0-9]{4,8}$/, 'bad-format')
      .meta({ description: 'Used once, kept nowhere.' }),
    mobile: z
      .string()
      .regex(/^\+[1-9][0-9]{7,14}$/, 'bad-format')
      .optional()
      .meta({
        description: 'Where a text message says that there is no such account; E.164.',
        example: '+821012345678',
      }),
  })
  .meta({ id: 'TypedAccount', description: 'A micro account, as its holder typed it.' })

export const itemInput = z
  .strictObject({
    name: text(100).meta({ description: 'What the shopper reads.', example: 'Coffee beans, 1 kg' }),
    quantity: z.int().min(1).max(100_000).meta({ example: 2 }),
    unitAmount: amountText.meta({ description: 'What one of them costs.', example: '18000' }),
    group: text(60)
      .optional()
      .meta({ description: 'The kind of product, for policies and figures.', example: 'Coffee' }),
  })
  .meta({ id: 'ItemRequest', description: 'A line of the order.' })

const packaged = z
  .strictObject({
    code: z.string().regex(/^[a-z][a-z0-9-]{1,31}$/, 'bad-format'),
    input: z
      .record(z.string().max(40), z.string().max(500))
      .refine((given) => Object.keys(given).length <= 8, 'too-many'),
  })
  .meta({
    id: 'PackagedMeans',
    description:
      'A module that this gateway has from a package, with what it asks the shopper for, by the names of its fields; or `stripe`, with `paymentMethod`.',
  })

const means = z
  .strictObject({ card: card.optional(), account: account.optional(), module: packaged.optional() })
  .refine((given) => Object.values(given).filter((each) => each !== undefined).length === 1, 'not-together')

export const paymentInput = z
  .strictObject({
    orderRef: text(64).meta({
      description: 'Your own name for the order. One live or paid payment each.',
      example: 'A-1042',
    }),
    orderName: text(100).meta({ description: 'What the shopper reads.', example: 'Two train tickets' }),
    amount: amountText,
    currency,
    capture: z.enum(['automatic', 'manual']).optional().meta({
      description:
        'manual sets the amount aside until you capture or cancel; automatic takes it at once. As your flow says when absent.',
    }),
    deliveryAddress: z.enum(['required', 'optional']).optional().meta({
      description:
        'Asks the shopper for an address at the hosted checkout, and for consent that you read it for this payment.',
    }),
    locale: z.enum(['ko', 'en']).default('ko').meta({ description: 'The language of the shopper.' }),
    email: z.email('bad-format').max(254).optional().meta({ description: 'Where the receipt goes.' }),
    returnUrl: z.string().max(2000).optional().meta({
      description: 'Where the checkout sends the shopper back to: exactly one of the registered addresses.',
    }),
    expiresAt: moment.optional().meta({ description: '1 minute to 7 days from now; 30 minutes when absent.' }),
    metadata: metadata.default({}),
    items: z.array(itemInput).min(1).max(100).optional().meta({
      description: 'What is ordered, line by line; together exactly the amount. Refunds can then name lines.',
    }),
    means: means.optional().meta({
      description: 'Pays at once, without the hosted checkout: a card, an account, or what a module asks for.',
    }),
  })
  .meta({ id: 'PaymentRequest' })

export const paymentQuery = z.strictObject({
  ...page('pay'),
  standing: z
    .enum(['unpaid', 'paid', 'refund-requested', 'refunded', 'failed'])
    .optional()
    .meta({ description: 'Only payments of this standing.' }),
  tab: z.enum(purchaseTabs).optional().meta({
    description:
      'As the portal sorts them, each payment in one: by its standing, but for those on their way, which are `being-checked`. Not together with `standing`.',
  }),
  orderRef: z.string().min(1).max(64).optional().meta({ description: 'Only payments of this order, named whole.' }),
})

export const eventQuery = z.strictObject({
  ...page('msg'),
  payment: idParameter('pay').optional().meta({ description: 'Only events of this payment.' }),
})

export const cancelInput = z
  .strictObject({ reason: text(200).meta({ description: 'Why; kept with the payment.', example: 'Out of stock' }) })
  .meta({ id: 'CancelRequest' })

export const refundInput = z
  .strictObject({
    amount: amountText.optional().meta({ description: 'All that is left when absent.', example: '5000' }),
    items: z
      .array(z.strictObject({ item: z.int().min(1).max(100), quantity: z.int().min(1).max(100_000) }))
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Lines of the order, which then say the amount.', example: [{ item: 1, quantity: 1 }] }),
    way: otherWay.optional(),
    currency: currency.optional().meta({ description: 'If sent, it must be the payment’s.' }),
    strategy: z.enum(['ratio', 'last-in-first-out', 'chosen-leg']).default('ratio').meta({
      description: 'How the amount goes back over the legs.',
    }),
    leg: z.int().min(1).max(99).optional().meta({ description: 'The leg, with the strategy chosen-leg.' }),
    reason: text(200).meta({ example: 'Returned one of two items' }),
  })
  .refine(({ strategy, leg }) => (strategy === 'chosen-leg') === (leg !== undefined), {
    path: ['leg'],
    message: 'not-together',
  })
  .refine(({ amount, items }) => amount === undefined || items === undefined, {
    path: ['items'],
    message: 'not-together',
  })
  .meta({ id: 'RefundRequest' })
