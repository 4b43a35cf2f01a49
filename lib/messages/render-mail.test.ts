import { expect, test } from 'vitest'
import { composePaymentMessages, composeRefundMessages } from './compose'
import { showMoney } from './format'
import { mailTexts } from './mail-texts'
import { aLeg, aPayment, aRefund } from './payment.fixtures'
import { paymentMail, renderEndpointMail, renderPaymentMail, type Surroundings } from './render-mail'

const at = new Date('2026-11-02T09:00:05.000Z')
const around: Surroundings = {
  shop: { name: '한빛책방', nameEn: 'Hanbit Books' },
  issuerName: (code, locale) => (code === 'hanbit' ? { ko: '한빛카드', en: 'Hanbit Card' }[locale] : undefined),
  timeZone: 'Asia/Seoul',
}

/** Through JSON, as it comes back from the outbox. */
function stored(message: { payload: unknown } | undefined) {
  return paymentMail.parse(JSON.parse(JSON.stringify(message?.payload)))
}

function receiptOf(payment = aPayment()) {
  return renderPaymentMail('receipt', stored(composePaymentMessages('paid', payment, at)[1]), around)
}

test('a Korean receipt says shop, order, amount, time and means in Korean', () => {
  const { subject, text, html } = receiptOf()
  expect(subject).toBe('[한빛책방] 결제 영수증 ₩220,000')
  for (const words of [
    '한빛책방',
    '동화책 세 권',
    '₩220,000',
    '2026년 11월 2일',
    '18:00 (Asia/Seoul)',
    '한빛카드 끝자리 7890',
  ]) {
    expect(text).toContain(words)
    expect(html).toContain(words)
  }
  expect(html).toContain('<html lang="ko">')
})

test('an English receipt is English throughout', () => {
  const { subject, text } = receiptOf(aPayment({ locale: 'en', orderName: 'Three books' }))
  expect(subject).toBe('[Hanbit Books] Receipt ₩220,000')
  expect(text).toContain('Hanbit Card ending in 7890')
  expect(text).not.toMatch(/\p{Script=Hangul}/u)
})

test('a split payment lists what each card carried, and what its issuer and the V-Card said yes with (M-246)', () => {
  const second = { module: 'vcard', leg: 2, amount: 20_000n, means: { issuer: 'hanbit', lastFour: '1111' } }
  const approved = { ...second, hold: { authorizationId: 'A1B2C3' } }
  const { text } = receiptOf(aPayment({ legs: [aLeg({ amount: 200_000n }), aLeg(approved)] }))
  expect(text).toContain('한빛카드 끝자리 7890 · ₩200,000')
  expect(text).toContain('V-Card 한빛카드 끝자리 1111 · ₩20,000 · 승인번호 A1B2C3')
  expect(text).toMatch(/V-Card 승인번호: [0-9A-Z]{6}\n/)
})

test('a refund receipt names what went back and why; a failed payment says that nothing was charged', () => {
  const payment = aPayment()
  const refund = renderPaymentMail(
    'refund-receipt',
    stored(composeRefundMessages(payment, aRefund(payment), at)[1]),
    around,
  )
  expect(refund.subject).toBe('[한빛책방] 환불 안내 ₩20,000')
  expect(refund.text).toContain('책 한 권 품절')

  const failed = aPayment({ state: 'declined', reason: 'shop-mismatch', locale: 'en' })
  const mail = renderPaymentMail('payment-failed', stored(composePaymentMessages('failed', failed, at)[1]), around)
  expect(mail.text).toContain('nothing was charged')
  expect(mail.text).toContain('did not agree with the shop’s order')
})

test('P10.3: what people typed is text in the mail, never markup and never a header', () => {
  const orderName = '<script>alert("1")</script> & <b>책</b>\r\nBcc: all@mail.example'
  const shop = { name: '책방\r\nBcc: all@mail.example', nameEn: '' }
  const mail = stored(composePaymentMessages('paid', aPayment({ orderName }), at)[1])
  const { subject, text, html } = renderPaymentMail('receipt', mail, { ...around, shop })
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;b&gt;책&lt;/b&gt; Bcc')
  expect(subject).not.toMatch(/[\r\n]/)
  expect(text).not.toMatch(/^Bcc/m)
})

test('an owner is told which webhook address was switched off, and what to do', () => {
  const mail = {
    to: 'owner@shop.example',
    locale: 'en',
    url: 'https://shop.example/moa',
    reason: 'gone',
    at: at.toISOString(),
  } as const
  const { subject, text } = renderEndpointMail(mail, around)
  expect(subject).toBe('A webhook address was switched off')
  expect(text).toContain('https://shop.example/moa')
  expect(text).toContain('switch it on again')
})

test('both languages have the same texts', () => {
  const shape = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]))
      : typeof value
  expect(shape(mailTexts.ko)).toEqual(shape(mailTexts.en))
})

test.each([
  ['220000', 'KRW', 'ko', '₩220,000'],
  ['1250', 'USD', 'en', '$12.50'],
  ['5', 'USD', 'ko', '$0.05'],
  ['999999999999', 'KRW', 'en', '₩999,999,999,999'],
  ['999999999999999', 'USD', 'en', '$9,999,999,999,999.99'],
] as const)('%s minor units of %s are shown as people write them', (amount, currency, locale, shown) => {
  expect(showMoney(amount, currency, locale)).toBe(shown)
})
