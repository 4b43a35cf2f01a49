import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callReference } from '../../call-reference'
import { krw, usd } from '../../money/money'
import { decode, encode, MalformedMessage } from './iso8583'
import {
  authorizationRequest,
  captureRequest,
  inquiryRequest,
  networkRequest,
  refundRequest,
  retrievalReference,
  reversalRequest,
} from './messages'
import { anAcceptor, anAuthorization } from './requests.fixtures'

const acquirer = { acquirerId: '94000', terminalId: 'MOA00001', timeZone: 'Asia/Seoul' }

// 20:30:05 UTC on 31 December is 05:30:05 on 1 January in Seoul.
const authorization = callReference(new Date('2026-12-31T20:30:05.900Z'), 42)
const later = callReference(new Date('2026-12-31T20:31:00Z'), 43)
const card = { number: '9400010000000019', expiry: '3112' }
const request = { reference: later, card, amount: krw(7_000), acceptor: anAcceptor }

const written = {
  authorization: authorizationRequest(acquirer, { ...request, reference: authorization, amount: krw(10_000) }),
  capture: captureRequest(acquirer, { ...request, authorization, authorizationId: 'A1B2C3' }),
  reversal: reversalRequest(acquirer, { ...request, authorization, reason: 'answer-too-late' }),
  refund: refundRequest(acquirer, { ...request, capture: authorization }),
  inquiry: inquiryRequest(acquirer, { reference: later, card, currency: 'USD', acceptor: anAcceptor }),
}

/** The seconds from the start of 2020 to the authorization, 220,912,205, in base 36. */
const RRN = '3NIWY5000042'

describe('requests to an issuer', () => {
  test('an authorization says when, who, where, how much and with which card', () => {
    expect(written.authorization).toEqual({
      mti: '0100',
      fields: {
        2: '9400010000000019',
        3: '000000',
        4: '000000010000',
        7: '1231203005',
        11: '000042',
        12: '053005',
        13: '0101',
        14: '3112',
        18: '5942',
        22: '010',
        25: '59',
        32: '94000',
        37: RRN,
        41: 'MOA00001',
        42: 'shop-1',
        43: 'moa seojeom Seoul',
        49: '410',
      },
    })
  })

  test('a completion names the authorization, its id, and the amount that is taken', () => {
    expect(written.capture).toMatchObject({
      mti: '0220',
      fields: { 3: '000000', 4: '000000007000', 7: '1231203100', 11: '000043', 37: RRN, 38: 'A1B2C3' },
    })
    expect(written.capture.fields[90]).toBe('0100' + '000042' + '1231203005' + '00000094000' + '00000000000')
  })

  test('a reversal carries what the profile lists and nothing else', () => {
    expect(written.reversal).toEqual({
      mti: '0400',
      fields: {
        2: '9400010000000019',
        3: '000000',
        4: '000000007000',
        7: '1231203100',
        11: '000043',
        32: '94000',
        37: RRN,
        39: '68',
        41: 'MOA00001',
        42: 'shop-1',
        49: '410',
        90: '0100' + '000042' + '1231203005' + '00000094000' + '00000000000',
      },
    })
  })

  test.each([
    ['customer-cancelled', '17'],
    ['answer-too-late', '68'],
    ['other-leg-declined', '21'],
  ] as const)('a reversal because %s says %s', (reason, code) => {
    expect(reversalRequest(acquirer, { ...request, authorization, reason }).fields[39]).toBe(code)
  })

  test('a refund is a presentment of its own that names the completion', () => {
    const { mti, fields } = written.refund
    expect([mti, fields[3], fields[37]]).toEqual(['0200', '200000', retrievalReference(later)])
    expect(fields[90]).toBe('0220' + '000042' + '1231203005' + '00000094000' + '00000000000')
  })

  test('an inquiry asks about no amount, in the currency of the card', () => {
    const { mti, fields } = written.inquiry
    expect([mti, fields[3], fields[4], fields[49]]).toEqual(['0100', '310000', '000000000000', '840'])
  })

  test('a leg of a V-Card says which, and the security code goes with the authorization only', () => {
    const leg = anAuthorization({ vcardLeg: { vcardId: 'v-17', leg: 2, of: 3 } })
    expect(authorizationRequest(acquirer, leg).fields[48]).toBe('VC=v-17;LEG=2/3;CVV=123')
    const withoutCode = { ...leg, card: { ...leg.card, securityCode: undefined } }
    expect(authorizationRequest(acquirer, withoutCode).fields[48]).toBe('VC=v-17;LEG=2/3')
    const capture = captureRequest(acquirer, { ...leg, authorization: leg.reference, authorizationId: '1' })
    expect(capture.fields[48]).toBeUndefined()
  })

  test('P3.1 a repeat differs from the first in the last digit of its type only', () => {
    const repeats = {
      authorization: authorizationRequest(acquirer, {
        ...request,
        reference: authorization,
        amount: krw(10_000),
        repeat: true,
      }),
      capture: captureRequest(acquirer, { ...request, authorization, authorizationId: 'A1B2C3', repeat: true }),
      reversal: reversalRequest(acquirer, { ...request, authorization, reason: 'answer-too-late', repeat: true }),
      refund: refundRequest(acquirer, { ...request, capture: authorization, repeat: true }),
    }
    for (const [kind, repeat] of Object.entries(repeats)) {
      const first = written[kind as keyof typeof repeats]
      expect(repeat).toEqual({ mti: `${first.mti.slice(0, 3)}1`, fields: first.fields })
    }
  })

  test.each(Object.entries(written))('the %s reaches the issuer as it was meant', (_, message) => {
    expect(decode(encode(message))).toEqual(message)
  })

  test.each([
    ['sign-on', '001'],
    ['sign-off', '002'],
    ['echo', '301'],
  ] as const)('a %s says %s and when', (purpose, code) => {
    const message = networkRequest(purpose, new Date('2026-01-02T03:04:05Z'))
    expect(message).toMatchObject({ mti: '0800', fields: { 7: '0102030405', 70: code } })
    expect(decode(encode(message))).toEqual(message)
  })
})

describe('what a shop writes', () => {
  test.each([
    ['nothing', '', 'shop-1'],
    ['spaces', '   ', 'shop-1'],
    ['more than forty letters', 'Moa '.repeat(20), 'Moa Moa Moa Moa Moa Moa Moa Moa Moa Moa'],
  ])('a name of %s still makes a message', (_, name, sent) => {
    const message = authorizationRequest(acquirer, anAuthorization({ acceptor: { ...anAcceptor, name } }))
    expect(decode(encode(message)).fields[43]).toBe(sent)
  })

  test.each([
    ['an amount beyond twelve digits', { amount: usd(1_000_000_000_000n) }],
    ['a negative amount', { amount: usd(-1) }],
    ['a merchant id beyond fifteen characters', { acceptor: { ...anAcceptor, id: 'shop-0123456789a' } }],
  ])('%s is never sent', (_, wrong) => {
    expect(() => encode(authorizationRequest(acquirer, anAuthorization(wrong)))).toThrow(MalformedMessage)
  })
})

test('two references drawn in different seconds or with different traces never share a retrieval reference', () => {
  const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2088-01-01'), noInvalidDate: true })
  const reference = fc.tuple(moment, fc.nat(999_999)).map(([at, trace]) => callReference(at, trace))
  fc.assert(
    fc.property(reference, reference, (one, other) => {
      expect(retrievalReference(one)).toMatch(/^[0-9A-Z]{6}[0-9]{6}$/)
      expect(retrievalReference(one) === retrievalReference(other)).toBe(one === other)
    }),
  )
})
