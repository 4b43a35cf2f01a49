import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { disputeMailTopics, giroMailTopics, paymentMailTopics, smsTopics } from '../lib/messages/message'
import { subscriptionMailTopics } from '../lib/messages/subscription-mail'
import { type DeliveryEnd, deliveryEnd, readOutcome, type ToldOutcome } from '../app/_glue/told-outcome'

interface Words {
  readonly [name: string]: string | Words
}

const codes = ['ko', 'en'].map(
  (locale) =>
    JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../locales/${locale}/codes.json`), 'utf8')) as Words,
)

/** What stands at a place in both languages. */
const said = (place: string) =>
  codes.map((words) => place.split('.').reduce<string | Words | undefined>((at, name) => (at as Words)[name], words))

test.each([...paymentMailTopics, ...giroMailTopics, ...subscriptionMailTopics, ...disputeMailTopics, ...smsTopics])(
  'what the message %s is about is told in words',
  (topic) => {
    expect(said(`topic.${topic}`)).toEqual([expect.any(String), expect.any(String)])
  },
)

describe('what became of a signed message is told in words, with the number of the answer (M-166)', () => {
  test.each<[string, ToldOutcome]>([
    ['sent', { kind: 'sent' }],
    ['accepted', { kind: 'accepted' }],
    ['confirmed', { kind: 'confirmed' }],
    ['no-answer', { kind: 'no-answer' }],
    ['allowed', { kind: 'allowed' }],
    ['denied', { kind: 'denied' }],
    ['acknowledged: status 200', { kind: 'acknowledged', figure: '200' }],
    ['refused: status 404, no message', { kind: 'refused', why: 'status', figure: '404' }],
    ['refused: bad-signature', { kind: 'refused', why: 'bad-signature' }],
    ['used', { kind: 'refused', why: 'used' }],
    ['exceeds-what-is-left', { kind: 'refused', why: 'exceeds-what-is-left' }],
    ['not-public', { kind: 'refused', why: 'not-public' }],
  ])('%s', (outcome, told) => {
    expect(readOutcome(outcome)).toEqual(told)
    expect(said(`evidence.outcome.${told.kind}`)).toEqual([expect.any(String), expect.any(String)])
    if (told.why) expect(said(`evidence.why.${told.why}`)).toEqual([expect.any(String), expect.any(String)])
  })
})

describe('how a delivery ended is told in words that say what to do', () => {
  test.each<[Parameters<typeof deliveryEnd>[0], string, DeliveryEnd]>([
    [{ status: 204 }, 'webhook', { kind: 'taken' }],
    [{ status: 250 }, 'email', { kind: 'taken' }],
    [{ status: 0 }, 'sms', { kind: 'taken' }],
    [{ status: 11 }, 'sms', { kind: 'refused', table: 'delivery.status', why: 'refused' }],
    [{ status: 302 }, 'webhook', { kind: 'refused', table: 'delivery.status', why: 'moved' }],
    [{ status: 404 }, 'webhook', { kind: 'refused', table: 'delivery.status', why: 'refused' }],
    [{ status: 410 }, 'webhook', { kind: 'refused', table: 'delivery.status', why: 'gone' }],
    [{ status: 503 }, 'webhook', { kind: 'refused', table: 'delivery.status', why: 'failed' }],
    [{ error: 'timed-out' }, 'webhook', { kind: 'no-answer', table: 'delivery.why', why: 'timed-out' }],
    [{ error: 'not-public' }, 'webhook', { kind: 'not-sent', table: 'delivery.why', why: 'not-public' }],
    [{ error: 'void' }, 'sms', { kind: 'not-sent', table: 'delivery.why', why: 'void' }],
    [{}, 'email', { kind: 'no-answer' }],
  ])('%o by %s', (delivery, by, end) => {
    expect(deliveryEnd(delivery, by)).toEqual(end)
    expect(said(`delivery.${end.kind}`)).toEqual([expect.any(String), expect.any(String)])
    if (end.table) expect(said(`${end.table}.${end.why}`)).toEqual([expect.any(String), expect.any(String)])
  })
})

test.each([
  // What banks answer with (ISO 20022), what billing centres do, and what makes a file or a purchase wait.
  ...['AC01', 'AC03', 'AC04', 'AC06', 'AG01', 'AM04', 'MD01', 'MD06', 'MD07', 'MS02', 'MS03'].map(
    (code) => `bank.${code}`,
  ),
  ...['DUPLICATE_TID', 'NO_SUCH_ORIGINAL', 'CREDIT_EXCEEDS_CHARGE', 'SEQUENCE', 'FORMAT'].map(
    (code) => `centre.${code}`,
  ),
  ...['bank.other', 'centre.other', 'payout.whole-order', 'payout.difference', 'delivery.why.other'],
  ...['process.api', 'process.web', 'process.worker'],
])('%s is put into words', (place) => {
  expect(said(place)).toEqual([expect.any(String), expect.any(String)])
})
