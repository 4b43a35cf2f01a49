import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { expectNowhere } from '../../../test/nowhere'
import { rotateNumbers } from '../../camara/rotate-numbers'
import { createVault } from '../../cards/vault'
import { later } from '../../clock'
import { startShopServer } from '../../merchants/merchants.fixtures'
import { anOperator } from '../../billing/phone.fixtures'
import { aPayment, idOf, PAYMENTS, refusal, REFUNDS, startCamara } from './camara.fixtures'
import { DOCUMENTS_ABSENT } from './documents.fixtures'

/** What the sink answers; a path that ends in /gone has nobody any more. */
const sink = await startShopServer((_body, { url }) => ({ status: url?.endsWith('/gone') ? 410 : 204 }))
afterAll(() => sink.close())
const world = await startCamara({ env: { OUTGOING_ALLOW: sink.address, CAMARA_REQUESTS_PER_MINUTE: '400' } })
const { gateway } = world
const client = await world.aClient()
const stranger = await world.aClient({ vouches: false })

describe('a payment in one step', () => {
  test('charges the line at once, in the words of the document', async () => {
    const phoneNumber = await world.line()
    const paid = await client.pay({
      phoneNumber,
      amount: 22000,
      charging: { isTaxIncluded: true, taxAmount: 2000 },
      paymentAmount: { chargingMetaData: { merchantIdentifier: 'eas-1', fee: 10.5, channel: 'web' } },
      transaction: { clientCorrelator: 'req-1', referenceCode: 'ref-1' },
    })
    expect(paid.status).toBe(201)
    expect(paid.json).toMatchObject({
      paymentStatus: 'succeeded',
      amountTransaction: {
        phoneNumber,
        clientCorrelator: 'req-1',
        referenceCode: 'ref-1',
        paymentAmount: {
          chargingInformation: { amount: 22000, currency: 'KRW', isTaxIncluded: true, taxAmount: 2000 },
          chargingMetaData: { merchantIdentifier: 'eas-1', fee: 10.5 },
        },
      },
    })
    expect(paid.json['paymentDate']).toBeDefined()
    expect(paid.headers['location']).toBe(`${PAYMENTS}/${idOf(paid)}`)
    const { rows } = await gateway.database.pool.query(
      'select c.state, c.amount from phone_charge c where c.payment_id = $1',
      [(paid.json['amountTransaction'] as Record<string, string>)['serverReferenceCode']],
    )
    expect(rows).toEqual([{ state: 'approved', amount: 22000n }])
  })

  test('with the token of a line needs no number, and refuses one', async () => {
    const number = await world.line()
    const holder = await world.withLine(stranger, number)
    const paid = await holder.pay()
    expect(paid.json).toMatchObject({ paymentStatus: 'succeeded', amountTransaction: { phoneNumber: number } })
    expect(refusal(await holder.pay({ phoneNumber: number }))).toBe('422 UNNECESSARY_IDENTIFIER')
  })

  test('on a line that nobody answers for is refused: only its holder, or a client by contract, can', async () => {
    expect(refusal(await stranger.pay({ phoneNumber: await world.line() }))).toBe('403 PERMISSION_DENIED')
  })

  test.each([
    ['no line is named', {}, '422 MISSING_IDENTIFIER'],
    ['the number is no telephone company’s of ours', { phoneNumber: '+34671999000' }, '422 SERVICE_NOT_APPLICABLE'],
    ['nobody has the number', { phoneNumber: '+821079999999' }, '404 IDENTIFIER_NOT_FOUND'],
  ])('%s', async (_title, changes, expected) => {
    expect(refusal(await client.pay(changes))).toBe(expected)
  })

  test('is denied where the line owes, and then was never there', async () => {
    const phoneNumber = await world.line({ standing: 'arrears', overdue: '1000' })
    const before = (await client.call('GET', PAYMENTS)).headers['x-total-count']
    const transaction = { clientCorrelator: 'denied-1' }
    const body = aPayment({ phoneNumber, transaction })
    expect(refusal(await client.call('POST', PAYMENTS, body))).toBe('403 CARRIER_BILLING.PAYMENT_DENIED')
    expect((await client.call('GET', PAYMENTS)).headers['x-total-count']).toBe(before)
    expect(refusal(await client.call('POST', PAYMENTS, body))).toBe('403 CARRIER_BILLING.PAYMENT_DENIED')
  })

  test('above a limit of one purchase, or of the month, says which', async () => {
    const phoneNumber = await world.line({ monthlyCap: '30000' })
    expect(refusal(await client.pay({ phoneNumber, amount: 30001 }))).toMatch(/^422 .*THRESHOLD_OVERPASSED$/)
    await gateway.phoneBill.limits.set({ scope: 'operator' }, 'KRW', { perPurchase: 25_000n }, anOperator)
    expect(refusal(await client.pay({ phoneNumber, amount: 26000 }))).toMatch(/^422 .*UNAUTHORIZED_AMOUNT$/)
    await gateway.phoneBill.limits.set({ scope: 'operator' }, 'KRW', {}, anOperator)
    expect(refusal(await client.pay({ phoneNumber, amount: 1_000_000_000_000 }))).toMatch(/UNAUTHORIZED_AMOUNT$/)
  })

  test('that the telephone company does not answer is not denied but unavailable, and charges nothing', async () => {
    const phoneNumber = await world.line()
    await world.outside.telcoSwitch('baram', { on: 'authenticate', line: phoneNumber, do: { kind: 'lose-answer' } })
    const answer = await client.pay({ phoneNumber })
    expect(refusal(answer)).toBe('503 UNAVAILABLE')
    expect(answer.headers['retry-after']).toBeDefined()
    await world.outside.clearTelcoSwitches('baram')
  })

  test('repeated with its correlator is answered again and charged once', async () => {
    const body = aPayment({ phoneNumber: await world.line(), transaction: { clientCorrelator: 'twice' } })
    const [first, again] = [await client.call('POST', PAYMENTS, body), await client.call('POST', PAYMENTS, body)]
    expect(again.status).toBe(201)
    expect(again.json).toEqual(first.json)
    const other = { ...body, amountTransaction: { ...(body['amountTransaction'] as object), referenceCode: 'other' } }
    expect(refusal(await client.call('POST', PAYMENTS, other))).toBe('400 INVALID_ARGUMENT')
    const { clientCorrelator: _correlator, ...without } = body['amountTransaction'] as Record<string, unknown>
    expect(refusal(await client.call('POST', PAYMENTS, { amountTransaction: without }))).toBe('409 ALREADY_EXISTS')
  })
})

describe('bad input is refused before any effect', () => {
  const wrong: [title: string, changes: Parameters<typeof aPayment>[0]][] = [
    ['a fraction of a won', { amount: 100.5 }],
    ['no amount', { amount: 0 }],
    ['a negative amount', { amount: -1 }],
    ['an amount as text', { amount: '100' }],
    ['an unknown currency', { currency: 'XXX' }],
    ['a currency that the merchant does not take', { currency: 'EUR' }],
    ['a number without its plus', { phoneNumber: '821012345678' }],
    ['an unknown member', { body: { extra: 1 } }],
    ['a description with a control character', { charging: { description: 'a\u0007b' } }],
    ['an item twice', { paymentAmount: { paymentDetails: [item('a'), item('a')] } }],
    ['an item in another currency', { paymentAmount: { paymentDetails: [item('a', 'USD')] } }],
    ['a credential without a sink', { body: { sinkCredential: { credentialType: 'ACCESSTOKEN' } } }],
    ['an empty list of items', { paymentAmount: { paymentDetails: [] } }],
  ]
  test.each(wrong)('%s', async (_title, changes) => {
    const answer = await client.pay({ phoneNumber: '+821000001002', ...changes })
    expect(refusal(answer)).toBe('400 INVALID_ARGUMENT')
  })

  test.each(['1e4', '12000.0001', '1E2', '0.0001'])('an amount written as %s', async (written) => {
    const text = JSON.stringify(aPayment({ phoneNumber: '+821000001002', amount: 7654321 }))
    const answer = await client.call('POST', PAYMENTS, text.replace('7654321', written))
    expect(refusal(answer)).toBe('400 INVALID_ARGUMENT')
  })

  test('an amount written with a point and zeros is the same amount', async () => {
    const text = JSON.stringify(aPayment({ phoneNumber: await world.line(), amount: 7654321 }))
    const paid = await client.call('POST', PAYMENTS, text.replace('7654321', '100.00'))
    expect(paid.status).toBe(201)
  })

  test('what is no JSON, or not in UTF-8, or compressed', async () => {
    const plain = await client.call('POST', PAYMENTS, '{}', { 'content-type': 'text/plain' })
    expect(refusal(plain)).toBe('415 UNSUPPORTED_MEDIA_TYPE')
    expect(refusal(await client.call('POST', PAYMENTS, '{"a":1,"a":2}'))).toBe('400 INVALID_ARGUMENT')
    expect(refusal(await client.call('POST', PAYMENTS, 'x'.repeat(70_000)))).toBe('413 CONTENT_TOO_LARGE')
  })

  const sold = world.line().then((phoneNumber) => client.pay({ phoneNumber }))
  const token = { accessToken: 'abc', accessTokenExpiresUtc: '2099-01-01T00:00:00Z', accessTokenType: 'bearer' }
  test.each([
    ['a sink without https', { sink: 'http://example.com/' }, 'INVALID_SINK'],
    ['P5.6: a sink inside', { sink: 'https://10.0.0.1/' }, 'INVALID_SINK'],
    ['a sink that is no address', { sink: 'https://' }, 'INVALID_SINK'],
    ['a plain credential', { credentialType: 'PLAIN', identifier: 'a', secret: 'b' }, 'INVALID_CREDENTIAL'],
    ['a refresh token', { ...token, credentialType: 'REFRESHTOKEN' }, 'INVALID_CREDENTIAL'],
    ['a token of another type', { ...token, credentialType: 'ACCESSTOKEN', accessTokenType: 'mac' }, 'INVALID_TOKEN'],
    [
      'a token that has expired',
      { ...token, credentialType: 'ACCESSTOKEN', accessTokenExpiresUtc: '2020-01-01T00:00:00Z' },
      'INVALID_TOKEN',
    ],
  ])('%s', async (_title, told, code) => {
    const body = 'sink' in told ? told : { sink: 'https://example.com/sink', sinkCredential: told }
    const phoneNumber = '+821000001002'
    expect(refusal(await client.pay({ phoneNumber, body }))).toBe(`400 ${code}`)
    expect(refusal(await client.prepare({ phoneNumber, body }))).toBe(`400 ${code}`)
    expect(refusal(await client.refund(await sold, { body }))).toBe(`400 ${code}`)
  })
})

describe('a payment in two steps', () => {
  test('reserves, then charges when it is confirmed, once', async () => {
    const prepared = await client.prepare({ phoneNumber: await world.line() })
    expect(prepared.json['paymentStatus']).toBe('reserved')
    expect(prepared.json['validationInfo']).toBeUndefined()
    expect((await client.step(prepared, 'confirm')).status).toBe(202)
    expect(await client.status(prepared)).toBe('succeeded')
    expect(refusal(await client.step(prepared, 'confirm'))).toBe('409 CARRIER_BILLING.PAYMENT_CONFIRMED')
    expect(refusal(await client.step(prepared, 'cancel'))).toBe('409 CARRIER_BILLING.PAYMENT_CONFIRMED')
  })

  test('of a suspended shop is finished, and no other one begins', async () => {
    const seller = await world.aClient()
    const prepared = await seller.prepare({ phoneNumber: await world.line() })
    await gateway.directory.suspendShop(seller.merchant.id)
    expect(refusal(await seller.pay({ phoneNumber: await world.line() }))).toBe('403 PERMISSION_DENIED')
    expect((await seller.step(prepared, 'confirm')).status).toBe(202)
    expect(await seller.status(prepared)).toBe('succeeded')
  })

  test('reserves, then lets go when it is cancelled, once', async () => {
    const prepared = await client.prepare({ phoneNumber: await world.line() })
    expect((await client.step(prepared, 'cancel')).status).toBe(202)
    expect(await client.status(prepared)).toBe('cancelled')
    expect(refusal(await client.step(prepared, 'cancel'))).toBe('409 CARRIER_BILLING.PAYMENT_CANCELLED')
    expect(refusal(await client.step(prepared, 'confirm'))).toBe('409 CARRIER_BILLING.PAYMENT_CANCELLED')
  })

  test.each(['confirm', 'cancel'] as const)('%s is for the payment’s own line', async (step) => {
    const prepared = await client.prepare({ phoneNumber: await world.line() })
    expect(refusal(await client.step(prepared, step, {}))).toBe('422 MISSING_IDENTIFIER')
    expect(refusal(await client.step(prepared, step, { phoneNumber: '+34671999000' }))).toBe(
      '422 SERVICE_NOT_APPLICABLE',
    )
    const other = { phoneNumber: await world.line() }
    expect(refusal(await client.step(prepared, step, other))).toBe('404 IDENTIFIER_NOT_FOUND')
    expect(refusal(await client.step(prepared, step, { phone: 1 }))).toBe('400 INVALID_ARGUMENT')
    const holder = await world.withLine(client, other.phoneNumber)
    expect(refusal(await holder.step(prepared, step, {}))).toBe('404 NOT_FOUND')
    expect(refusal(await holder.step(prepared, step, other))).toBe('422 UNNECESSARY_IDENTIFIER')
  })

  test.each(['confirm', 'cancel'] as const)('cannot be told to %s while it is on its way', async (step) => {
    const phoneNumber = await world.line()
    await world.outside.telcoSwitch('baram', { on: 'authenticate', line: phoneNumber, do: { kind: 'late', ms: 3_000 } })
    const prepared = await client.prepare({ phoneNumber, body: { sink: sink.url } })
    expect(refusal(await client.step(prepared, step))).toBe('409 ALREADY_EXISTS')
    await world.outside.clearTelcoSwitches('baram')
    await gateway.camara.payments.idle()
    expect((await client.step(prepared, step)).status).toBe(202)
  })

  test('P6.6: of a line that nobody answers for waits for the code that its holder was sent', async () => {
    const phoneNumber = await world.line()
    const prepared = await stranger.prepare({ phoneNumber })
    expect(prepared.json).toMatchObject({ paymentStatus: 'pending_validation', validationInfo: { action: 'validate' } })
    expect(refusal(await stranger.step(prepared, 'confirm'))).toBe('403 CARRIER_BILLING.PAYMENT_DENIED')
    const code = await world.code(prepared)
    const wrong = code === '000000' ? '000001' : '000000'
    expect(refusal(await stranger.validate(prepared, code, 'other'))).toBe(
      '400 CARRIER_BILLING.INVALID_AUTHORIZATION_ID',
    )
    expect(refusal(await stranger.validate(prepared, wrong))).toBe('400 CARRIER_BILLING.INVALID_CODE')
    expect((await stranger.validate(prepared, code)).status).toBe(204)
    expect(await stranger.status(prepared)).toBe('reserved')
    expect(refusal(await stranger.validate(prepared, code))).toBe('409 ALREADY_EXISTS')
    expect((await stranger.step(prepared, 'confirm')).status).toBe(202)
    expect(await stranger.status(prepared)).toBe('succeeded')
  })

  test('P6.6: five wrong codes deny it, the right one comes too late', async () => {
    const prepared = await stranger.prepare({ phoneNumber: await world.line() })
    const code = await world.code(prepared)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let tried = 0; tried < 4; tried++) await stranger.validate(prepared, wrong)
    expect(refusal(await stranger.validate(prepared, wrong))).toBe('400 CARRIER_BILLING.VALIDATION_FAILED')
    expect(refusal(await stranger.validate(prepared, code))).toBe('400 CARRIER_BILLING.VALIDATION_FAILED')
    expect(await stranger.status(prepared)).toBe('denied')
  })

  test('P6.7: a number that nobody has waits for a code like any other', async () => {
    const prepared = await stranger.prepare({ phoneNumber: '+821079999998' })
    expect(prepared.json['paymentStatus']).toBe('pending_validation')
    expect(refusal(await stranger.validate(prepared, '123456'))).toBe('400 CARRIER_BILLING.INVALID_CODE')
    expect((await stranger.step(prepared, 'cancel')).status).toBe(202)
    expect(await stranger.status(prepared)).toBe('cancelled')
  })

  test('that the right code comes for, on a line that owes, is denied', async () => {
    const prepared = await stranger.prepare({ phoneNumber: await world.line({ standing: 'arrears', overdue: '1000' }) })
    expect((await stranger.validate(prepared, await world.code(prepared))).status).toBe(204)
    expect(await stranger.status(prepared)).toBe('denied')
  })

  test('P6.6: asks for too many codes for one line and is told when to come again', async () => {
    const phoneNumber = await world.line()
    for (let asked = 0; asked < 5; asked++) expect((await stranger.prepare({ phoneNumber })).status).toBe(201)
    const answer = await stranger.prepare({ phoneNumber })
    expect(refusal(answer)).toBe('429 TOO_MANY_REQUESTS')
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('refuses the same things as in one step', async () => {
    expect(refusal(await client.prepare())).toBe('422 MISSING_IDENTIFIER')
    expect(refusal(await client.prepare({ phoneNumber: '+34671999000' }))).toBe('422 SERVICE_NOT_APPLICABLE')
    expect(refusal(await client.prepare({ phoneNumber: '+821079999999' }))).toBe('404 IDENTIFIER_NOT_FOUND')
    expect(refusal(await client.prepare({ phoneNumber: '1' }))).toBe('400 INVALID_ARGUMENT')
    const owing = await world.line({ standing: 'arrears', overdue: '1' })
    expect(refusal(await client.prepare({ phoneNumber: owing }))).toBe('403 CARRIER_BILLING.PAYMENT_DENIED')
    const capped = await world.line({ monthlyCap: '100' })
    expect(refusal(await client.prepare({ phoneNumber: capped }))).toMatch(/THRESHOLD_OVERPASSED$/)
    expect(refusal(await client.prepare({ phoneNumber: capped, amount: 1e12 }))).toMatch(/UNAUTHORIZED_AMOUNT$/)
    const transaction = { referenceCode: 'taken' }
    await client.prepare({ phoneNumber: await world.line(), transaction })
    const again = await client.prepare({ phoneNumber: await world.line(), transaction })
    expect(refusal(again)).toBe('409 ALREADY_EXISTS')
    const number = await world.line()
    const holder = await world.withLine(client, number)
    expect(refusal(await holder.prepare({ phoneNumber: number }))).toBe('422 UNNECESSARY_IDENTIFIER')
  })
})

describe('payments are found again', () => {
  test('by their client only, and by a token only those of its line', async () => {
    const [mine, other] = [await world.line(), await world.line()]
    const seller = await world.aClient()
    const first = await seller.pay({ phoneNumber: mine })
    const second = await seller.prepare({ phoneNumber: other })
    const third = await seller.pay({
      phoneNumber: mine,
      paymentAmount: { chargingMetaData: { merchantIdentifier: 'm' } },
    })
    const list = async (of: typeof seller, query = '') => {
      const answer = await of.call('GET', `${PAYMENTS}${query}`)
      return (JSON.parse(answer.text) as Record<string, unknown>[]).map(({ paymentId }) => paymentId)
    }
    expect(await list(seller)).toEqual([third, second, first].map(idOf))
    expect(await list(seller, '?order=asc&perPage=2')).toEqual([first, second].map(idOf))
    expect(await list(seller, '?page=2&perPage=2')).toEqual([idOf(first)])
    expect(await list(seller, '?paymentStatus=reserved&paymentStatus=denied')).toEqual([idOf(second)])
    expect(await list(seller, '?merchantIdentifier=m')).toEqual([idOf(third)])
    const from = encodeURIComponent(later(world.clock.now(), -60_000).toISOString())
    expect(await list(seller, `?paymentCreationDate.gte=${from}`)).toHaveLength(3)
    expect(await list(seller, `?paymentCreationDate.lte=${from}`)).toEqual([])
    const holder = await world.withLine(seller, mine)
    expect(await list(holder)).toEqual([third, first].map(idOf))
    expect(refusal(await holder.call('GET', `${PAYMENTS}/${idOf(second)}`))).toBe('404 NOT_FOUND')
    expect(await list(client, '?perPage=100')).not.toContain(idOf(first))
    expect(refusal(await client.call('GET', `${PAYMENTS}/${idOf(first)}`))).toBe('404 NOT_FOUND')
    const counted = await seller.call('GET', `${PAYMENTS}?page=2&perPage=2`)
    expect(counted.headers).toMatchObject({ 'x-total-count': '3', 'content-last-key': '3' })
  })

  test.each([
    ['page=0', 'OUT_OF_RANGE'],
    ['perPage=101', 'OUT_OF_RANGE'],
    ['perPage=x', 'INVALID_ARGUMENT'],
    ['paymentStatus=gone', 'INVALID_ARGUMENT'],
    ['other=1', 'INVALID_ARGUMENT'],
    ['order=asc&order=desc', 'INVALID_ARGUMENT'],
    ['paymentCreationDate.gte=2026-01-01', 'INVALID_ARGUMENT'],
    [
      'paymentCreationDate.gte=2026-02-01T00:00:00Z&paymentCreationDate.lte=2026-01-01T00:00:00Z',
      'CARRIER_BILLING.INVALID_DATE_RANGE',
    ],
  ])('a list asked for with %s is refused', async (query, code) => {
    expect(refusal(await client.call('GET', `${PAYMENTS}?${query}`))).toBe(`400 ${code}`)
  })

  test('a list that is too long has to be asked for in parts', async () => {
    const seller = await world.aClient()
    const paid = await seller.pay({ phoneNumber: await world.line() })
    await seller.refund(paid, { amount: 1 })
    const { pool } = gateway.database
    await pool.query(
      `with made as (
         insert into payment (merchant_id, id, order_ref, order_name, amount, currency, state, standing, capture_mode,
           channel, created_at, expires_at, captured_amount)
         select p.merchant_id, gen_random_uuid(), 'n' || n, p.order_name, p.amount, p.currency, 'declined', 'failed',
           p.capture_mode, p.channel, p.created_at, p.expires_at, 0
         from payment p, generate_series(1, 10000) n where p.merchant_id = $1 returning merchant_id, id)
       insert into camara_payment (merchant_id, payment_id, client_id, fingerprint, sealed_number, key_id, number_print,
         steps, asynchronous, proof, reference_code, payment_amount, shown_at, correlation_id, created_at)
       select m.merchant_id, m.id, c.client_id, c.fingerprint, c.sealed_number, c.key_id, c.number_print, c.steps,
         c.asynchronous, c.proof, c.reference_code, c.payment_amount, c.created_at, c.correlation_id, c.created_at
       from made m, camara_payment c where c.merchant_id = m.merchant_id`,
      [seller.merchant.id],
    )
    expect(refusal(await seller.call('GET', PAYMENTS))).toMatch(/^400 .*TOO_MANY_MATCHING_RECORDS$/)
    expect((await seller.call('GET', `${PAYMENTS}?paymentStatus=succeeded`)).status).toBe(200)
    await pool.query(
      `with made as (
         insert into refund (merchant_id, id, payment_id, kind, amount, state, strategy, reason, requested_by, created_at)
         select r.merchant_id, gen_random_uuid(), r.payment_id, r.kind, 1, 'refused', r.strategy, r.reason,
           r.requested_by, r.created_at
         from refund r, generate_series(1, 10000) n where r.merchant_id = $1 returning merchant_id, id)
       insert into camara_refund (merchant_id, refund_id, payment_id, client_id, fingerprint, type, asynchronous,
         reference_code, refund_amount, shown_at, correlation_id, created_at)
       select m.merchant_id, m.id, c.payment_id, c.client_id, c.fingerprint, c.type, c.asynchronous, c.reference_code,
         c.refund_amount, c.created_at, c.correlation_id, c.created_at
       from made m, camara_refund c where c.merchant_id = m.merchant_id`,
      [seller.merchant.id],
    )
    const refunds = await seller.call('GET', `${REFUNDS}/${idOf(paid)}/refunds`)
    await pool.query(
      `delete from camara_payment c using payment p
       where p.merchant_id = c.merchant_id and p.id = c.payment_id and p.order_ref ~ '^n[0-9]+$'`,
    )
    expect(refusal(refunds)).toMatch(/^400 .*TOO_MANY_MATCHING_RECORDS$/)
  })
})

describe('refunds', () => {
  test('in parts, until nothing is left', async () => {
    const paid = await client.pay({
      phoneNumber: await world.line(),
      amount: 80_000,
      charging: { isTaxIncluded: true },
    })
    const charging = { isTaxIncluded: true }
    const remaining = async () => (await client.call('GET', `${REFUNDS}/${idOf(paid)}/refunds/remaining-amount`)).json
    expect(await remaining()).toEqual({ amount: 80_000, currency: 'KRW', isTaxIncluded: true })
    const part = await client.refund(paid, { amount: 30_000, charging, body: { reason: '하나만' } })
    expect(part.json).toMatchObject({ refundStatus: 'succeeded', type: 'partial', reason: '하나만' })
    expect(await remaining()).toMatchObject({ amount: 50_000 })
    expect(refusal(await client.refund(paid, { amount: 80_001, charging }))).toMatch(/^422 .*UNAUTHORIZED_AMOUNT$/)
    expect(refusal(await client.refund(paid, { amount: 50_001, charging }))).toMatch(/^422 .*THRESHOLD_OVERPASSED$/)
    const rest = await client.refund(paid)
    expect(rest.json).toMatchObject({ refundStatus: 'succeeded', type: 'total' })
    expect(await remaining()).toMatchObject({ amount: 0 })
    expect(refusal(await client.refund(paid))).toMatch(/^403 .*PAYMENT_NOT_ELIGIBLE_FOR_REFUND$/)

    const path = `${REFUNDS}/${idOf(paid)}/refunds`
    const listed = await client.call('GET', `${path}?order=asc&refundStatus=succeeded`)
    expect(JSON.parse(listed.text)).toMatchObject([part.json, rest.json].map(({ refundId }) => ({ refundId })))
    expect((await client.call('GET', `${path}/${String(part.json['refundId'])}`)).json).toEqual(part.json)
    expect(refusal(await client.call('GET', `${path}/ref_1`))).toBe('404 NOT_FOUND')
  })

  test('repeated with its correlator is answered again and made once', async () => {
    const paid = await client.pay({ phoneNumber: await world.line() })
    const body = {
      type: 'total',
      amountTransaction: { referenceCode: 'r', clientCorrelator: 'refund-twice', refundAmount: {} },
    }
    const path = `${REFUNDS}/${idOf(paid)}/refunds`
    const first = await client.call('POST', path, body)
    const again = await client.call('POST', path, body)
    expect(again.json).toEqual(first.json)
    const other = { ...body, reason: 'other' }
    expect(refusal(await client.call('POST', path, other))).toBe('400 INVALID_ARGUMENT')
  })

  test('that a request before it died over is made once it is surely dead', async () => {
    const paid = await client.pay({ phoneNumber: await world.line() })
    const transaction = { clientCorrelator: 'died', referenceCode: 'died' }
    await client.refund(paid, { amount: 1, transaction })
    // Its claim is all that the first request left behind.
    await gateway.database.pool.query(
      `with made as (update camara_refund set client_correlator = null where client_correlator = 'died' returning *)
       insert into camara_refund (merchant_id, refund_id, payment_id, client_id, client_correlator, fingerprint, type,
         asynchronous, reference_code, refund_amount, correlation_id, created_at)
       select merchant_id, gen_random_uuid(), payment_id, client_id, 'died', fingerprint, type, asynchronous,
         reference_code, refund_amount, correlation_id, created_at from made`,
    )
    expect(refusal(await client.refund(paid, { amount: 1, transaction }))).toBe('409 ALREADY_EXISTS')
    world.clock.forward(31_000)
    expect((await client.refund(paid, { amount: 1, transaction })).status).toBe(201)
  })

  test('that cannot be taken off a bill are denied, and then were never there', async () => {
    const paid = await client.pay({ phoneNumber: await world.line() })
    const { serverReferenceCode } = paid.json['amountTransaction'] as Record<string, string>
    await gateway.database.pool.query(
      `update phone_charge set state = 'cancelled', reduced_amount = amount where payment_id = $1`,
      [serverReferenceCode],
    )
    expect(refusal(await client.refund(paid))).toBe('403 CARRIER_BILLING_REFUND.REFUND_DENIED')
    expect((await client.call('GET', `${REFUNDS}/${idOf(paid)}/refunds`)).text).toBe('[]')
  })

  test('fit what was said of taxes, items and currency', async () => {
    const details = { paymentDetails: [item('one'), item('two')] }
    const paid = await client.pay({ phoneNumber: await world.line(), amount: 2000, paymentAmount: details })
    const one = { paymentItemId: 'one', amount: 1000, currency: 'KRW', description: 'one' }
    const refund = (changes: Parameters<typeof client.refund>[1]) => client.refund(paid, { amount: 500, ...changes })
    expect(refusal(await refund({ charging: { isTaxIncluded: true } }))).toMatch(/^422 .*TAXES_MANAGEMENT_MISMATCH$/)
    for (const wrong of [{ paymentItemId: 'three' }, { amount: 1001 }, { currency: 'USD' }]) {
      const answer = await refund({ refundAmount: { refundDetails: [{ ...one, ...wrong }] } })
      expect(refusal(answer)).toMatch(/^422 .*REFUND_DETAILS_MISMATCH$/)
    }
    expect(refusal(await refund({ charging: { currency: 'USD' } }))).toBe('400 INVALID_ARGUMENT')
    expect((await refund({ refundAmount: { refundDetails: [one] } })).status).toBe(201)
  })

  test('are for paid payments', async () => {
    const prepared = await client.prepare({ phoneNumber: await world.line() })
    expect(refusal(await client.refund(prepared))).toMatch(/^422 .*INVALID_PAYMENT_STATUS$/)
    await client.step(prepared, 'cancel')
    expect(refusal(await client.refund(prepared))).toMatch(/^403 .*PAYMENT_NOT_ELIGIBLE_FOR_REFUND$/)
    const theirs = await stranger.refund(prepared)
    expect(refusal(theirs)).toBe('404 NOT_FOUND')
  })

  test.each([
    ['page=0', 'OUT_OF_RANGE'],
    ['refundStatus=gone', 'INVALID_ARGUMENT'],
    [
      'refundCreationDate.gte=2026-02-01T00:00:00Z&refundCreationDate.lte=2026-01-01T00:00:00Z',
      'CARRIER_BILLING_REFUND.INVALID_DATE_RANGE',
    ],
  ])('listed with %s are refused', async (query, code) => {
    const paid = await client.pay({ phoneNumber: await world.line() })
    expect(refusal(await client.call('GET', `${REFUNDS}/${idOf(paid)}/refunds?${query}`))).toBe(`400 ${code}`)
  })
})

function item(id: string, currency = 'KRW') {
  return { id, amount: 1000, currency, description: id }
}

describe('with a sink the answer does not wait', () => {
  const sinkCredential = {
    credentialType: 'ACCESSTOKEN',
    accessToken: 'their-token',
    accessTokenExpiresUtc: '2099-01-01T00:00:00Z',
    accessTokenType: 'bearer',
  }
  const body = { sink: sink.url, sinkCredential }
  /** The events that the sink has been told of a payment, oldest first. */
  async function events(paymentId: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
    await gateway.camara.payments.idle()
    await gateway.messages.sendDue(100)
    await gateway.messages.idle()
    return sink.requests
      .map(({ body: text }) => JSON.parse(text) as { type: string; data: Record<string, unknown> })
      .filter(({ data }) => data['paymentId'] === paymentId)
  }
  const types = (of: { type: string }[]) => of.map(({ type }) => type.split('.').at(-1))

  test('a payment is processing, and its end is told as a CloudEvent with the sink’s own token', async () => {
    const made = await client.pay({ phoneNumber: await world.line(), body })
    expect(made.json['paymentStatus']).toBe('processing')
    const [completed] = await events(idOf(made))
    expect(completed).toMatchObject({
      type: 'org.camaraproject.carrier-billing.v0.payment-completed',
      specversion: '1.0',
      datacontenttype: 'application/json',
      data: { status: 'succeeded' },
    })
    world.documents?.checkEvent(completed!)
    const { headers } = sink.requests.find(({ body: text }) => text.includes(idOf(made)))!
    expect(headers).toMatchObject({
      'content-type': 'application/cloudevents+json',
      authorization: 'Bearer their-token',
      'x-correlator': made.headers['x-correlator'],
    })
    expect(await client.status(made)).toBe('succeeded')
    const refund = await client.refund(made, { body })
    expect(refund.json['refundStatus']).toBe('processing')
    const told = await events(idOf(made))
    expect(types(told)).toEqual(['payment-completed', 'refund-completed'])
    for (const each of told) world.documents?.checkEvent(each)
  })

  test('a denied payment exists, and why is told without telling of the line', async () => {
    const made = await client.pay({ phoneNumber: await world.line({ standing: 'suspended' }), body })
    expect(made.json['paymentStatus']).toBe('processing')
    const [denied] = await events(idOf(made))
    expect(denied).toMatchObject({ data: { status: 'failed', denialReason: 'Denied by business.' } })
    world.documents?.checkEvent(denied!)
    expect(await client.status(made)).toBe('denied')
  })

  test('a prepared payment tells each step', async () => {
    const made = await stranger.prepare({ phoneNumber: await world.line(), body })
    expect(made.json).toMatchObject({ paymentStatus: 'processing', validationInfo: { action: 'validate' } })
    expect(types(await events(idOf(made)))).toEqual(['payment-pending-validation'])
    await stranger.validate(made, await world.code(made))
    expect(types(await events(idOf(made)))).toEqual(['payment-pending-validation', 'payment-reserved'])
    await stranger.step(made, 'cancel', { phoneNumber: await numberOf(made) })
    const told = await events(idOf(made))
    expect(types(told)).toEqual(['payment-pending-validation', 'payment-reserved', 'payment-cancelled'])
    for (const each of told) world.documents?.checkEvent(each)
  })

  test('a sink that says it is gone is told nothing more', async () => {
    const gone = { ...body, sink: `${sink.url}/gone` }
    const made = await client.prepare({ phoneNumber: await world.line(), body: gone })
    expect(types(await events(idOf(made)))).toEqual(['payment-reserved'])
    await client.step(made, 'cancel', { phoneNumber: await numberOf(made) })
    expect(types(await events(idOf(made)))).toEqual(['payment-reserved'])
    expect(await client.status(made)).toBe('cancelled')
  })

  test('of a refund on a billed purchase it is told that the next bill has it, of a denied one why', async () => {
    const made = await client.pay({ phoneNumber: await world.line(), amount: 3000 })
    const { serverReferenceCode: tid } = made.json['amountTransaction'] as Record<string, string>
    const { pool } = gateway.database
    await pool.query(
      `update phone_charge set state = 'billed', file_sequence = 1, file_record = 1 where payment_id = $1`,
      [tid],
    )
    await client.refund(made, { amount: 1000, body })
    // Both happen at once, and each is a request of its own: which the sink has first, nobody promises.
    expect(types(await events(idOf(made))).toSorted()).toEqual(['refund-completed', 'refund-in-bill'])
    // More was given back by another way than the charge knows of.
    await pool.query('update phone_charge set credited_amount = 3000 where payment_id = $1', [tid])
    const denied = await client.refund(made, { body })
    expect(denied.json['refundStatus']).toBe('processing')
    const told = await events(idOf(made))
    expect(types(told).toSorted()).toEqual(['refund-completed', 'refund-denied', 'refund-in-bill'])
    for (const each of told) world.documents?.checkEvent(each)
    const refund = `${REFUNDS}/${idOf(made)}/refunds/${String(denied.json['refundId'])}`
    expect((await client.call('GET', refund)).json['refundStatus']).toBe('denied')
  })

  async function numberOf(made: Awaited<ReturnType<typeof client.pay>>): Promise<string> {
    return (made.json['amountTransaction'] as Record<string, string>)['phoneNumber']!
  }
})

describe('who calls', () => {
  test.each([
    ['nobody', {}, 'Bearer realm="Moa"'],
    ['an unknown token', { authorization: 'Bearer moa_oat_x' }, 'Bearer realm="Moa", error="invalid_token"'],
    ['an API key', { authorization: 'Bearer moa_test_x' }, 'Bearer realm="Moa", error="invalid_token"'],
  ])('%s is not authenticated', async (_title, headers, challenge) => {
    const posted = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', ...headers } } as const
    for (const sent of operations()) {
      const answer = await world.send(sent.method === 'GET' ? { ...sent, headers } : { ...posted, path: sent.path })
      expect(refusal(answer)).toBe('401 UNAUTHENTICATED')
      expect(answer.headers['www-authenticate']).toBe(challenge)
    }
  })

  test('a token is good only for its scopes', async () => {
    const reader = await world.aClient({ scopes: ['carrier-billing:payments:read'] })
    const refunder = await world.aClient({ scopes: ['carrier-billing-refund:refunds:create'] })
    for (const { method, path } of operations()) {
      const of = method === 'GET' && path.startsWith(PAYMENTS) ? refunder : reader
      const answer = await of.call(method, path, method === 'POST' ? {} : undefined)
      expect(refusal(answer)).toBe('403 PERMISSION_DENIED')
      expect(answer.headers['www-authenticate']).toContain('insufficient_scope')
    }
  })

  test('a client that asks too often, at whichever process, is told when to come again', async () => {
    const busy = await world.aClient()
    const processes = [gateway, await world.another()]
    // A whole minute is ahead.
    world.clock.forward(60_000 - (world.clock.now().getTime() % 60_000))
    const asked = Array.from({ length: 410 }, (_, index) => processes[index % 2]!.camara.rate.take(busy.client.id))
    expect((await Promise.all(asked)).filter((again) => !again)).toHaveLength(400)
    for (const { method, path } of operations()) {
      const answer = await busy.call(method, path, method === 'POST' ? {} : undefined)
      expect(refusal(answer)).toBe('429 TOO_MANY_REQUESTS')
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    }
  })

  test('P6.2: what is not there, and what is somebody else’s', async () => {
    const bodies: Record<string, object> = {
      validate: { authorizationId: 'x', code: '123456' },
      refunds: { type: 'total', amountTransaction: { referenceCode: 'x', refundAmount: {} } },
    }
    for (const { method, path } of operations().filter(({ path: each }) => each.includes('/pay_'))) {
      const last = path.split('/').at(-1)!
      const body = method === 'POST' ? (bodies[last] ?? { phoneNumber: '+821000001002' }) : undefined
      expect(refusal(await client.call(method, path, body))).toBe('404 NOT_FOUND')
      const wrong = method === 'POST' ? { other: 1 } : undefined
      expect(refusal(await client.call(method, method === 'GET' ? `${path}?x=1` : path, wrong))).toBe(
        '400 INVALID_ARGUMENT',
      )
    }
  })

  test('a token ends with its client, and when it is given back', async () => {
    const seller = await world.aClient()
    expect((await seller.call('GET', PAYMENTS)).status).toBe(200)
    await gateway.oauth.revokeToken(seller.client, seller.token)
    expect(refusal(await seller.call('GET', PAYMENTS))).toBe('401 UNAUTHENTICATED')
    const other = await world.aClient()
    await gateway.oauth.revokeClient(other.merchant.id, other.client.id)
    expect(refusal(await other.call('GET', PAYMENTS))).toBe('401 UNAUTHENTICATED')
  })

  function operations() {
    const id = 'pay_01jbxrm5h3f8w9k2v7n4t6q0ze'
    const refund = 'ref_01jbxrm5h3f8w9k2v7n4t6q0ze'
    return [
      ...[PAYMENTS, `${PAYMENTS}/prepare`, `${PAYMENTS}/${id}/validate`].map((path) => ['POST', path] as const),
      ...[`${PAYMENTS}/${id}/confirm`, `${PAYMENTS}/${id}/cancel`].map((path) => ['POST', path] as const),
      ...[PAYMENTS, `${PAYMENTS}/${id}`].map((path) => ['GET', path] as const),
      ['POST', `${REFUNDS}/${id}/refunds`] as const,
      ...['', `/${refund}`, '/remaining-amount'].map((rest) => ['GET', `${REFUNDS}/${id}/refunds${rest}`] as const),
    ].map(([method, path]) => ({ method, path }))
  }
})

describe('requests have a name', () => {
  test('the caller’s own, or one that is made', async () => {
    const named = await client.call('GET', PAYMENTS, undefined, { 'x-correlator': 'my/name:1' })
    expect(named.headers['x-correlator']).toBe('my/name:1')
    expect((await client.call('GET', PAYMENTS)).headers['x-correlator']).toMatch(/^[0-9a-f-]{36}$/)
    const bad = await client.call('GET', PAYMENTS, undefined, { 'x-correlator': 'no spaces' })
    expect(refusal(bad)).toBe('400 INVALID_ARGUMENT')
    expect(bad.headers['x-correlator']).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('also where nothing is', async () => {
    const nowhere = await client.call('GET', '/camara/carrier-billing/v0.5/nothing')
    expect(refusal(nowhere)).toBe('404 NOT_FOUND')
    const wrong = await client.call('GET', `${PAYMENTS}/pay_1/cancel`)
    expect(refusal(wrong)).toBe('405 METHOD_NOT_ALLOWED')
    expect(wrong.headers['allow']).toBe('POST')
  })
})

test('P8.1: numbers and tokens of sinks lie sealed, and are sealed anew when keys change', async () => {
  const number = await world.line()
  const sinkCredential = {
    ...{ credentialType: 'ACCESSTOKEN', accessToken: 'nobody-reads-this', accessTokenType: 'bearer' },
    accessTokenExpiresUtc: '2099-01-01T00:00:00Z',
  }
  const made = await client.pay({ phoneNumber: number, body: { sink: sink.url, sinkCredential } })
  await gateway.camara.payments.idle()
  const { rows } = await gateway.database.pool.query<{ kept: string }>('select c::text as kept from camara_payment c')
  expectNowhere(rows, number, 'nobody-reads-this')
  const [old] = world.settings.CARD_KEYS
  const sealing = [{ id: 'next', key: randomBytes(32) }, old!]
  const vault = createVault({ sealing, fingerprint: world.settings.FINGERPRINT_KEY })
  expect(await rotateNumbers(gateway.database, vault, 100_000)).toBe(rows.length)
  expect(await rotateNumbers(gateway.database, vault, 100_000)).toBe(0)
  const back = createVault({ sealing: sealing.reverse(), fingerprint: world.settings.FINGERPRINT_KEY })
  await rotateNumbers(gateway.database, back, 100_000)
  expect(await client.status(made)).toBe('succeeded')
})

test('a token ends with its time', async () => {
  world.clock.forward(15 * 60_000)
  expect(refusal(await client.call('GET', PAYMENTS))).toBe('401 UNAUTHENTICATED')
})

test.skipIf(!world.documents)(
  `every answer that the documents foresee was seen (${DOCUMENTS_ABSENT} otherwise)`,
  () => {
    expect(world.documents?.unseen()).toEqual([])
  },
)
