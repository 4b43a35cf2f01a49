import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerTo } from './issuer-host.fixtures'
import type { Fields } from './fields'
import { authorizationRequest, captureRequest, inquiryRequest, refundRequest, reversalRequest } from './messages'
import { aCard, anAcceptor, anAuthorization, aReference } from './requests.fixtures'
import { authorizationAnswer, inquiryAnswer, plainAnswer, refusals, reversalAnswer } from './translate'

const acquirer = { acquirerId: '94000', terminalId: 'MOA00001', timeZone: 'Asia/Seoul' }
const begun = anAuthorization()
const authorization = authorizationRequest(acquirer, begun)
const capture = captureRequest(acquirer, { ...begun, authorization: begun.reference, authorizationId: 'A1' })
const reversal = reversalRequest(acquirer, { ...begun, authorization: begun.reference, reason: 'customer-cancelled' })
const refund = refundRequest(acquirer, { ...begun, capture: begun.reference })
const inquiry = inquiryRequest(acquirer, {
  reference: aReference(),
  card: aCard,
  currency: 'KRW',
  acceptor: anAcceptor,
})

const NO_ANSWER = { kind: 'no-answer' }

describe('response codes', () => {
  test.each([
    ['05', 'declined'],
    ['14', 'no-such-card'],
    ['25', 'original-not-found'],
    ['30', 'format-error'],
    ['41', 'lost-or-stolen'],
    ['43', 'lost-or-stolen'],
    ['51', 'insufficient-funds'],
    ['54', 'expired-card'],
    ['57', 'not-permitted'],
    ['61', 'limit-exceeded'],
    ['62', 'not-permitted'],
    ['65', 'limit-exceeded'],
    ['75', 'pin-tries-exceeded'],
    ['91', 'try-later'],
    ['94', 'duplicate'],
    ['96', 'try-later'],
  ])('%s refuses: %s', (code, reason) => {
    const refused = { kind: 'refused', reason }
    expect(authorizationAnswer(authorization, answerTo(authorization, code))).toEqual(refused)
    expect(plainAnswer(capture, answerTo(capture, code))).toEqual(refused)
    expect(plainAnswer(refund, answerTo(refund, code))).toEqual(refused)
    expect(inquiryAnswer(inquiry, answerTo(inquiry, code))).toEqual(refused)
    expect(reversalAnswer(reversal, answerTo(reversal, code))).toEqual(code === '25' ? { kind: 'approved' } : refused)
  })

  test('00 approves', () => {
    const yes = answerTo(authorization, '00', { 38: 'A1B2C3' })
    expect(authorizationAnswer(authorization, yes)).toEqual({ kind: 'approved', authorizationId: 'A1B2C3' })
    for (const request of [capture, refund]) {
      expect(plainAnswer(request, answerTo(request))).toEqual({ kind: 'approved' })
    }
    expect(reversalAnswer(reversal, answerTo(reversal))).toEqual({ kind: 'approved' })
  })

  test('P3.6 any other code is no answer', () => {
    const unit = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 2 }), (code) => {
        fc.pre(code !== '00' && !(code in refusals))
        expect(authorizationAnswer(authorization, answerTo(authorization, code, { 38: 'A1' }))).toEqual(NO_ANSWER)
        expect(reversalAnswer(reversal, answerTo(reversal, code))).toEqual(NO_ANSWER)
      }),
    )
  })
})

describe('P3.6 answers that do not fit', () => {
  test('silence is no answer', () => {
    expect(authorizationAnswer(authorization, undefined)).toEqual(NO_ANSWER)
    expect(plainAnswer(capture, undefined)).toEqual(NO_ANSWER)
    expect(reversalAnswer(reversal, undefined)).toEqual(NO_ANSWER)
    expect(inquiryAnswer(inquiry, undefined)).toEqual(NO_ANSWER)
  })

  test.each<[string, Fields]>([
    ['another amount', { 4: '000000010001' }],
    ['no amount', { 4: undefined }],
    ['another currency', { 49: '840' }],
    ['no currency', { 49: undefined }],
    ['another retrieval reference', { 37: '000000000000' }],
    ['no retrieval reference', { 37: undefined }],
    ['another card', { 2: '9400010000000027' }],
    ['another processing code', { 3: '310000' }],
    ['another terminal', { 41: 'MOA00002' }],
    ['another shop', { 42: 'shop-2' }],
    ['no response code', { 39: undefined }],
    ['no authorization id', { 38: undefined }],
    ['an empty authorization id', { 38: '' }],
  ])('an approval with %s is no answer', (_, wrong) => {
    const answer = answerTo(authorization, '00', { 38: 'A1B2C3', ...wrong })
    expect(authorizationAnswer(authorization, answer)).toEqual(NO_ANSWER)
  })

  test('a refusal of another amount, or a reversal of another, is no answer either', () => {
    const wrong = { 4: '000000010001' }
    expect(authorizationAnswer(authorization, answerTo(authorization, '51', wrong))).toEqual(NO_ANSWER)
    expect(reversalAnswer(reversal, answerTo(reversal, '00', wrong))).toEqual(NO_ANSWER)
    expect(reversalAnswer(reversal, answerTo(reversal, '25', wrong))).toEqual(NO_ANSWER)
  })

  test('an issuer may leave the card, its terminal and the shop out of its answer', () => {
    const answer = answerTo(authorization, '00', { 38: 'A1', 2: undefined, 41: undefined, 42: undefined })
    expect(authorizationAnswer(authorization, answer)).toMatchObject({ kind: 'approved' })
  })
})

describe('balances', () => {
  const owed = '3001410D000000120000'
  const available = '3002410C000001880000'
  const read = (text: string | undefined) => inquiryAnswer(inquiry, answerTo(inquiry, '00', { 54: text }))

  test.each([
    ['owed and available', owed + available, 120_000n, 1_880_000n],
    ['available first', available + owed, 120_000n, 1_880_000n],
    ['a holder the issuer owes', owed.replace('D', 'C') + available, -120_000n, 1_880_000n],
    ['a card over its limit', owed + available.replace('C', 'D'), 120_000n, -1_880_000n],
    ['another account type', owed.replace('30', '00') + available, 120_000n, 1_880_000n],
    [
      'other amounts and currencies beside',
      '3001840D000000000007' + owed + available + '3040410C000000000001',
      120_000n,
      1_880_000n,
    ],
  ])('%s', (_, text, expectedOwed, expectedAvailable) => {
    expect(read(text)).toEqual({ kind: 'approved', owed: expectedOwed, available: expectedAvailable })
  })

  test.each([
    ['nothing', undefined],
    ['only what is owed', owed],
    ['only another currency', (owed + available).replaceAll('410', '840')],
    ['two amounts owed', owed + owed + available],
    ['a piece missing', (owed + available).slice(0, -1)],
    ['an unknown sign', owed.replace('D', 'X') + available],
    ['a letter in an amount', owed.replace('D0', 'DO') + available],
  ])('P3.6 %s is no answer', (_, text) => {
    expect(read(text)).toEqual(NO_ANSWER)
  })
})
