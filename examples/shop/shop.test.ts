import { beforeEach, describe, expect, test } from 'vitest'
import { type DemoCard, demoCard } from '../../simulators/issuers/demo-cards'
import { aVisitor, paymentIn, startShopAtMoa, type Visitor } from './shop.fixtures'

const { api, merchantId, shop, deliver } = await startShopAtMoa()
const { gateway, outside } = api

beforeEach(async () => {
  await outside.reset()
  await behave('yes')
})

function behave(confirm: string): Promise<Response> {
  return fetch(`${shop.url}/test/behaviour`, { method: 'POST', body: JSON.stringify({ confirm }) })
}

function typed({ number, expiry, securityCode }: DemoCard): Record<string, string> {
  return { way: 'card', number, expiry: `${expiry.slice(2)}/${expiry.slice(0, 2)}`, securityCode }
}

const roomy = () => typed(demoCard('hanbit', 'roomy'))

/** Orders, and pays at the checkout, where the shopper types this card. */
async function paysAtCheckout(visitor: Visitor, card = demoCard('hanbit', 'roomy')): Promise<string> {
  const form = await visitor.fillsIn()
  const { location } = await visitor.post('/order', { ...form, way: 'moa' })
  const { paymentId, link } = paymentIn(location)
  const followed = await gateway.checkoutLinks.verify(
    link.pathname.replace('/pay/', ''),
    link.searchParams.get('t') ?? '',
  )
  expect(followed.kind).toBe('verified')
  const { number, expiry, securityCode } = card
  await gateway.payments.pay(merchantId, paymentId, {
    means: [{ module: 'card', input: { number, expiry, securityCode } }],
  })
  return form['order'] ?? ''
}

async function chargedAt(issuer: 'hanbit'): Promise<number> {
  const { charges, holds } = await outside.book(issuer)
  return charges.length + holds.filter(({ state }) => state === 'held').length
}

describe('with Moa’s checkout', () => {
  test('a shopper orders, follows the signed link, pays, and comes back to a page that says paid', async () => {
    const visitor = aVisitor(shop.url)
    const id = await paysAtCheckout(visitor)
    expect(await visitor.get('/return?payment=pay_of_somebody_else')).toMatchObject({ location: `/orders/${id}` })
    const { text } = await visitor.get(`/orders/${id}`)
    expect(text).toContain('Paid. Thank you!')
    expect(text).toContain('We checked the amount and signed for it')
  })

  test('my orders shows paid as soon as the webhook came, though nobody came back from the checkout', async () => {
    const visitor = aVisitor(shop.url)
    await paysAtCheckout(visitor)
    expect((await visitor.get('/orders')).text).toContain('Waiting for payment')
    await deliver()
    expect((await visitor.get('/orders')).text).toContain('tag paid')
  })

  test('P5.5: coming back without having paid is not paid, whatever the address says', async () => {
    const visitor = aVisitor(shop.url)
    const form = await visitor.fillsIn()
    await visitor.post('/order', { ...form, way: 'moa' })
    await visitor.get('/return?payment=paid&status=paid')
    expect((await visitor.get(`/orders/${form['order']}`)).text).toContain('We are waiting for your payment')
  })

  test('sending the order twice orders once and leads to the same payment, by a fresh link', async () => {
    const visitor = aVisitor(shop.url)
    const form = { ...(await visitor.fillsIn()), way: 'moa' }
    const [first, second] = [await visitor.post('/order', form), await visitor.post('/order', form)]
    expect(paymentIn(first.location).paymentId).toBe(paymentIn(second.location).paymentId)
    expect(first.location).not.toBe(second.location)
  })

  test('sending it twice at the same moment makes one payment too', async () => {
    const visitor = aVisitor(shop.url)
    const form = { ...(await visitor.fillsIn()), way: 'moa' }
    const both = await Promise.all([visitor.post('/order', form), visitor.post('/order', form)])
    expect(new Set(both.map(({ location }) => paymentIn(location).paymentId)).size).toBe(1)
  })

  test('a shopper who comes back to pay by card number gives the checkout up', async () => {
    const visitor = aVisitor(shop.url)
    const form = await visitor.fillsIn()
    const { location } = await visitor.post('/order', { ...form, way: 'moa' })
    await visitor.post(`/orders/${form['order']}/pay`, roomy())
    expect((await visitor.get(`/orders/${form['order']}`)).text).toContain('Paid. Thank you!')
    const given = await gateway.payments.find(merchantId, paymentIn(location).paymentId)
    expect(given?.state).toBe('cancelled')
  })
})

describe('by card number', () => {
  test('a card that approves is charged once, though the shop learns the payment’s name only afterwards', async () => {
    const visitor = aVisitor(shop.url)
    const form = await visitor.fillsIn()
    expect(await visitor.post('/order', { ...form, ...roomy() })).toMatchObject({
      location: `/orders/${form['order']}`,
    })
    const { text } = await visitor.get(`/orders/${form['order']}`)
    expect(text).toContain('Paid. Thank you!')
    expect(text).toContain('We checked the amount and signed for it')
    expect(await chargedAt('hanbit')).toBe(1)
  })

  test('a declined card is told in words, and another card pays the same order', async () => {
    const visitor = aVisitor(shop.url)
    const form = await visitor.fillsIn()
    await visitor.post('/order', { ...form, ...typed(demoCard('hanbit', 'small-limit')) })
    const path = `/orders/${form['order']}`
    expect((await visitor.get(path)).text).toContain('The payment did not go through')
    await visitor.post(`${path}/pay`, roomy())
    expect((await visitor.get(path)).text).toContain('Paid. Thank you!')
  })

  test.each([
    ['a number with a wrong digit', { number: '9400010000000000' }, 'Check the card number.'],
    ['an expiry that is none', { expiry: '13/29' }, 'Check the expiry.'],
    ['a code of letters', { securityCode: 'abc' }, '3 or 4 digits'],
    ['no name', { name: ' ' }, 'Write your name.'],
    ['no address', { email: 'jiwoo' }, 'Check the e-mail address.'],
    ['no way to pay', { way: '' }, 'Choose how to pay.'],
  ])('%s is named, and what was typed is kept, except for the card', async (_which, wrong, told) => {
    const visitor = aVisitor(shop.url)
    const { status, text } = await visitor.post('/order', { ...(await visitor.fillsIn()), ...roomy(), ...wrong })
    expect(status).toBe(422)
    expect(text).toContain(told)
    expect(text).toContain('email' in wrong ? 'Han Jiwoo' : 'jiwoo@example.com')
    expect(text).not.toContain(roomy()['number'])
    expect(text).not.toContain(wrong['number' as keyof typeof wrong] ?? roomy()['number'])
  })
})

describe('what the shop answers when Moa asks', () => {
  test.each([
    ['mismatch', 'the amount is not that of your order'],
    ['garbage', 'the shop did not confirm it'],
    ['silent', 'the shop did not answer in time'],
  ])('M-206: with %s nothing is charged, and the shopper is told why', async (confirm, told) => {
    await behave(confirm)
    const visitor = aVisitor(shop.url)
    const form = await visitor.fillsIn()
    await visitor.post('/order', { ...form, ...roomy() })
    expect((await visitor.get(`/orders/${form['order']}`)).text).toContain(told)
    expect(await chargedAt('hanbit')).toBe(0)
  })
})

test('one order can be told to go wrong while the others are confirmed', async () => {
  const [visitor, other] = [aVisitor(shop.url), aVisitor(shop.url)]
  const [form, otherForm] = [await visitor.fillsIn(), await other.fillsIn()]
  const wrong = { confirm: 'mismatch', order: form['order'] }
  await fetch(`${shop.url}/test/behaviour`, { method: 'POST', body: JSON.stringify(wrong) })
  await visitor.post('/order', { ...form, ...roomy() })
  await other.post('/order', { ...otherForm, ...roomy() })
  expect((await visitor.get(`/orders/${form['order']}`)).text).toContain('not that of your order')
  expect((await other.get(`/orders/${otherForm['order']}`)).text).toContain('Paid. Thank you!')
})

describe('the back room', () => {
  async function paidOrder(): Promise<{ visitor: Visitor; id: string }> {
    const visitor = aVisitor(shop.url)
    const form = await visitor.fillsIn()
    await visitor.post('/order', { ...form, ...roomy() })
    return { visitor, id: form['order'] ?? '' }
  }

  test('refunds a part, then all that is left, and the webhook tells it', async () => {
    const { visitor, id } = await paidOrder()
    const part = { key: 'once', amount: '20,000', reason: 'A crack' }
    expect((await visitor.post(`/admin/orders/${id}/refund`, part)).text).toContain('₩20,000 was refunded.')
    await visitor.post(`/admin/orders/${id}/refund`, part)
    expect((await visitor.get(`/orders/${id}`)).text).toContain('Part of it was refunded')
    const rest = { key: 'twice', amount: '', reason: 'Sent back' }
    expect((await visitor.post(`/admin/orders/${id}/refund`, rest)).text).toContain('₩200,000 was refunded.')
    await deliver()
    const { text } = await visitor.get(`/orders/${id}`)
    expect(text).toContain('All of it was refunded')
    expect(text).toContain('Moa told us what became of the refund')
  })

  test('M-211: cancels by a signed message and keeps both messages', async () => {
    const { visitor, id } = await paidOrder()
    const { text } = await visitor.post(`/admin/orders/${id}/cancel`, { amount: '', reason: 'Sold out' })
    expect(text).toContain('Cancelled. Moa’s signed answer was checked and kept.')
    expect(text.match(/eyJ[\w-]+\.[\w-]+\.[\w-]{86}/g)).toHaveLength(2)
    expect((await visitor.get(`/orders/${id}`)).text).toContain('All of it was refunded')
  })

  test('more than is left is refused, and nothing goes back', async () => {
    const { visitor, id } = await paidOrder()
    const { status, text } = await visitor.post(`/admin/orders/${id}/refund`, {
      key: 'k',
      amount: '220001',
      reason: 'x',
    })
    expect(status).toBe(409)
    expect(text).toContain('larger than what is left')
    expect((await visitor.get(`/orders/${id}`)).text).toContain('Paid. Thank you!')
  })
})

describe('refused', () => {
  test('another visitor’s order is answered as a missing one', async () => {
    const form = await aVisitor(shop.url).fillsIn()
    await aVisitor(shop.url).post('/order', form)
    const stranger = aVisitor(shop.url)
    const [theirs, none] = [await stranger.get(`/orders/${form['order']}`), await stranger.get('/orders/M-0000000000')]
    expect([theirs.status, none.status]).toEqual([404, 404])
  })

  test('a form that another site sends', async () => {
    const visitor = aVisitor(shop.url)
    const { status } = await visitor.post('/basket', { product: 'soban' }, 'https://elsewhere.example')
    expect(status).toBe(403)
  })

  test('a webhook that Moa did not sign', async () => {
    const { status } = await fetch(`${shop.url}/moa/webhooks`, {
      method: 'POST',
      body: JSON.stringify({ type: 'payment.paid', timestamp: '', data: {} }),
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
        'webhook-signature': 'v1a,AAAA',
      },
    })
    expect(status).toBe(401)
  })

  test('a language switch that leads to another site', async () => {
    for (const back of ['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example']) {
      expect((await aVisitor(shop.url).post('/language', { to: 'ko', back })).location).toBe('/')
    }
  })

  test('a body that is too large', async () => {
    const { status } = await aVisitor(shop.url).post('/basket', { product: 'x'.repeat(70_000) })
    expect(status).toBe(413)
  })
})

test('what a shopper types is shown as text, never as part of the page', async () => {
  const visitor = aVisitor(shop.url)
  const name = '"><script>alert(1)</script>'
  const { text } = await visitor.post('/order', { ...(await visitor.fillsIn()), way: 'moa', name, email: 'x' })
  expect(text).not.toContain('<script>alert')
  expect(text).toContain('&#60;script&#62;')
})

test('the shop speaks Korean until it is asked for English', async () => {
  const visitor = aVisitor(shop.url, 'ko-KR')
  expect((await visitor.get('/')).text).toContain('달항아리')
  await visitor.post('/language', { to: 'en', back: '/' })
  expect((await visitor.get('/')).text).toContain('Moon jar')
})
