import { randomUUID } from 'node:crypto'
import { booked, giveOutCard } from './cards'
import { expect, test } from './fixtures'
import { order, toCheckout } from './shop'
import { logIn, stranger } from './shopper'

const AMOUNT = 46_000n

/** The routes are one table; the pages' server and the api process both answer by it. */
for (const host of ['the pages’ server', 'the api process'] as const) {
  test(`a shop’s server cancels, creates, reads and refunds at ${host}, each only once, and is refused in one form`, async ({
    page,
    request,
    baseURL,
    places,
    outsideWorld,
    logins,
    words,
  }) => {
    const { apiKeys } = words.moa.merchant
    await page.goto('/login?next=/merchant/developers')
    await logIn(
      page,
      words,
      logins.find(({ role }) => role === 'owner')!,
    )
    await page.getByRole('button', { name: apiKeys.create, exact: true }).click()
    const dialog = page.getByRole('dialog', { name: apiKeys.create })
    await dialog.getByRole('textbox', { name: apiKeys.name }).fill(`${host} ${randomUUID()}`)
    await dialog.getByRole('button', { name: apiKeys.create, exact: true }).click()
    const secret = await dialog.getByText(/^moa_test_\w+$/).innerText()
    await dialog.getByRole('button', { name: apiKeys.secretDone }).click()

    const api = host === 'the api process' ? places.api : (baseURL ?? '')
    const authorization = `Bearer ${secret}`
    const post = (path: string, key: string, data: unknown) =>
      request.post(`${api}${path}`, { headers: { authorization, 'idempotency-key': key }, data })
    // The shop confirms what it knows of only: an order of its own, which somebody began to pay at the checkout.
    const orderRef = await order(page, { shop: places.shop, words, products: ['lantern'], email: stranger().email })
    await toCheckout(page, words)
    const listed = await request.get(`${api}/api/v1/payments?orderRef=${orderRef}`, { headers: { authorization } })
    const { payments } = (await listed.json()) as { payments: { id: string }[] }
    expect(payments).toEqual([expect.objectContaining({ status: 'open', orderRef, amount: String(AMOUNT) })])
    const cancelled = await post(`/api/v1/payments/${payments[0]?.id}/cancel`, randomUUID(), { reason: 'another way' })
    expect([cancelled.status(), await cancelled.json()]).toEqual([
      200,
      expect.objectContaining({ outcome: 'cancelled' }),
    ])

    const card = await giveOutCard(outsideWorld, { issuer: 'saero', nickname: '', limit: 500_000n })
    const wanted = {
      orderRef,
      orderName: '한지등',
      amount: String(AMOUNT),
      currency: 'KRW',
      means: { card: { number: card.number, expiry: '3112', securityCode: card.securityCode } },
    }

    const key = randomUUID()
    const created = await post('/api/v1/payments', key, wanted)
    expect(created.status()).toBe(201)
    const payment = (await created.json()) as { id: string; status: string }
    expect(payment).toMatchObject({ status: 'paid', amount: String(AMOUNT), capturedAmount: String(AMOUNT) })
    const again = await post('/api/v1/payments', key, wanted)
    expect([again.status(), await again.json()]).toEqual([201, payment])
    const reused = await post('/api/v1/payments', key, { ...wanted, amount: '1' })
    expect(reused.status()).toBe(422)
    expect(await reused.json()).toMatchObject({ code: 'idempotency-key-reused', status: 422 })

    const read = await request.get(`${api}/api/v1/payments/${payment.id}`, { headers: { authorization } })
    expect([read.status(), await read.json()]).toEqual([200, payment])

    const refund = `/api/v1/payments/${payment.id}/refunds`
    const back = { amount: '6000', currency: 'KRW', reason: 'a broken rib' }
    const refundKey = randomUUID()
    const refunded = await post(refund, refundKey, back)
    expect([refunded.status(), await refunded.json()]).toEqual([
      201,
      expect.objectContaining({ state: 'refunded', amount: '6000' }),
    ])
    expect((await post(refund, refundKey, back)).status()).toBe(201)
    const tooMuch = await post(refund, randomUUID(), { ...back, amount: String(AMOUNT) })
    expect(tooMuch.headers()['content-type']).toMatch(/^application\/problem\+json/)
    expect(await tooMuch.json()).toMatchObject({ code: 'refund-exceeds', status: tooMuch.status() })

    const unknown = await request.get(`${api}/api/v1/payments/${payment.id}`, {
      headers: { authorization: 'Bearer moa_test_nobody' },
    })
    expect(unknown.status()).toBe(401)
    expect(await booked(outsideWorld, card)).toEqual({
      charges: [AMOUNT],
      refunds: [6000n],
      held: 0n,
      owed: AMOUNT - 6000n,
    })
  })
}
