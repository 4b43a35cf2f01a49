import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { addDemoCard } from '../cards/wallet.fixtures'
import type { CardRole } from '../../simulators/issuers/demo-cards'
import { aMerchant, startGateway } from '../../test/gateway'
import type { Locale } from '../payments/payment'
import { krw, type Money } from '../money/money'

const { gateway, outside } = await startGateway()
const shop = await aMerchant(gateway)

beforeEach(() => outside.reset())

/** A shopper, and a V-Card of theirs over one card. */
async function aVCard(locale: Locale, role: CardRole = 'roomy', amount: Money = krw(30_000)) {
  const email = `holder-${randomBytes(4).toString('hex')}@example.com`
  const registered = await gateway.people.register({ email, name: 'Hong', password: 'correct horse battery', locale })
  if (registered.kind !== 'registered') throw new Error(registered.kind)
  const shopperId = registered.person.id
  const card = await addDemoCard(gateway.cards, shopperId, 'hanbit', role)
  await gateway.cards.refresh(shopperId)
  const shares = [{ cardId: card.id, amount: amount.amount }]
  const made = await gateway.vcards.create(shopperId, { merchantId: shop.id, amount, shares, mayRetry: false })
  if (made.kind !== 'created') throw new Error(made.reason)
  return { email, shopperId, number: made.number, amount, lastFour: card.lastFour }
}

let orders = 0

/** Pays at the shop with a number typed into its card form, as anybody who has it may. */
async function payWith({ number, amount }: { number: string; amount: Money }) {
  const opened = await gateway.payments.open({
    ...{ merchantId: shop.id, orderRef: `mail-${++orders}`, orderName: '동화책 세 권', amount },
    ...{ captureMode: 'automatic', channel: 'direct', locale: 'ko', metadata: {} },
    email: 'buyer@example.com',
    means: [{ module: 'card', input: { number, expiry: '2912' } }],
  })
  if (opened.kind !== 'opened') throw new Error(opened.kind)
  return opened.payment
}

async function sendMails(): Promise<void> {
  await gateway.messages.sendDue(100)
  await gateway.messages.idle()
}

test.each([
  ['ko', 'V-Card가 쓰였어요', '한빛카드'],
  ['en', 'Your V-Card was used', 'Hanbit Card'],
] as const)(
  'whoever uses a V-Card, its holder gets a mail in their own language (%s)',
  async (locale, title, issuer) => {
    const vcard = await aVCard(locale)
    expect((await payWith(vcard)).state).toBe('paid')
    await sendMails()
    const [mail, ...rest] = await outside.mail({ to: vcard.email, waitMs: 10_000 })
    expect(rest).toEqual([])
    expect(mail!.subject).toContain(title)
    expect(mail!.subject).toContain('₩30,000')
    expect(mail!.text).toContain(issuer)
    expect(mail!.text).toContain(vcard.lastFour)
    expect(mail!.text).not.toContain(vcard.number)
    expect(mail!.text).toContain(locale === 'ko' ? '모아 상점' : 'Moa Shop')
    expect(await outside.mail({ to: 'buyer@example.com' })).toHaveLength(1)
  },
)

test('a use that was declined is told too, and that nothing was charged', async () => {
  const vcard = await aVCard('en')
  await outside.switch('hanbit', { on: 'authorization', do: { kind: 'decline', code: '51' }, times: 1 })
  expect((await payWith(vcard)).state).toBe('declined')
  await sendMails()
  const [mail] = await outside.mail({ to: vcard.email, waitMs: 10_000 })
  expect(mail!.subject).toContain('Your V-Card could not be used')
  expect(mail!.text).toContain('nothing was charged')
})

test('P5.1: the mail is written in the very transaction in which the payment becomes paid', async () => {
  const vcard = await aVCard('ko')
  const payment = await payWith(vcard)
  const { rows } = await gateway.database.pool.query(
    `select m.topic from message m join payment_history h
       on h.merchant_id = m.merchant_id and h.payment_id = m.payment_id and h.xmin = m.xmin
     where m.merchant_id = $1 and m.payment_id = $2 and h.state = 'paid' and m.kind = 'email' order by m.topic`,
    [shop.id, payment.id],
  )
  expect(rows).toEqual([{ topic: 'receipt' }, { topic: 'vcard-used' }])
})
