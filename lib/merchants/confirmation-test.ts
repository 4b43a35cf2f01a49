import { randomBytes } from 'node:crypto'
import { type Clock, HOUR_MS } from '../clock'
import type { Database } from '../db/database'
import { countOne } from '../db/rate-count'
import { publicId, type Uuid, uuidAt } from '../ids'
import type { Outgoing, OutgoingAnswer } from '../messages/outgoing'
import type { Trust } from '../trust/trust'
import type { Contracts } from './contract'
import type { Merchant } from './merchant'
import type { Merchants } from './merchants'
import { mutualLine } from './mutual-line'
import { ANSWER_LIMIT_MS, readEnvelope } from './shop-line'
import { CLOCK_DRIFT_S, confirmationClaims, isFresh } from './signed-claims'
import type { Signing } from './signing'
import { findKey } from './store'
import { type SignatureFault, verifySigned } from './verify-signed'

/** What is looked at, one after the other; what comes after a fault cannot be judged. */
export type TestStep = 'reached' | 'line' | 'status' | 'body' | 'signature' | 'members' | 'answer'

/** What a step found. Each name is a text; nothing of what the server sent is among them but what it signed (P5.6). */
export type TestFinding =
  | 'in-time'
  | 'timed-out'
  | 'no-such-name'
  | 'no-connection'
  | 'cut-off'
  | 'bad-url'
  | 'not-https'
  | 'not-public'
  | 'certificate'
  | 'https'
  | 'mutual'
  | 'plain'
  | 'ok-200'
  | 'other-status'
  | 'one-message'
  | 'no-message'
  | 'too-long'
  | 'signed'
  | SignatureFault
  | 'members-right'
  | 'members-wrong'
  | 'mismatch'
  | 'confirmed'

export interface JudgedStep {
  readonly step: TestStep
  readonly state: 'good' | 'warn' | 'bad'
  readonly finding: TestFinding
  /** A status, a key's id, the members that are wrong. */
  readonly word?: string
}

export type ConfirmationTest =
  | {
      readonly kind: 'tested'
      readonly steps: readonly JudgedStep[]
      readonly milliseconds: number
      readonly tid: string
    }
  | { readonly kind: 'no-address' }
  | { readonly kind: 'too-many' }

/**
 * Asks a shop's confirmation address of a payment that does not exist, as it is asked of real ones: signed, over the same line,
 * with the same guard against addresses inside. The question says that it is a test. A shop that looks into its own books
 * cannot know the order, and says so, signed; nothing is kept as evidence, and no payment is touched.
 */
export interface ConfirmationTests {
  run(merchantId: Uuid): Promise<ConfirmationTest>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly signing: Signing
  readonly trust: Pick<Trust, 'clientIdentity'>
  readonly merchants: Pick<Merchants, 'get' | 'authorities'>
  readonly contracts: Pick<Contracts, 'of'>
  readonly outgoing: Outgoing
}

/** Enough for an afternoon of trying; too few to be of use to somebody who wants to flood a server in our name. */
const MOST_AN_HOUR = 60
/** In minor units of the shop's first currency: an amount that nobody takes for a real one. */
const AMOUNT = 1_234n

export function createConfirmationTests(parts: Parts): ConfirmationTests {
  const { database, clock, signing, merchants, outgoing } = parts
  const { prisma } = database

  function questionTo({ id, currencies }: Merchant) {
    const now = clock.now()
    const iat = Math.floor(now.getTime() / 1000)
    const [currency = 'KRW'] = currencies
    return {
      ...{ iss: signing.gatewayName, aud: publicId('mer', id), typ: 'payment.confirm', test: true },
      ...{ tid: publicId('pay', uuidAt(now)), amount: AMOUNT.toString(), currency },
      ...{ iat, exp: iat + CLOCK_DRIFT_S, jti: randomBytes(16).toString('base64url') },
    }
  }
  type Question = ReturnType<typeof questionTo>

  async function judge(
    merchant: Merchant,
    question: Question,
    answer: OutgoingAnswer,
    line: 'https' | 'mutual' | 'plain',
  ) {
    const steps: JudgedStep[] = []
    const good = (step: TestStep, finding: TestFinding, word?: string) =>
      void steps.push({ step, state: 'good', finding, ...(word !== undefined && { word }) })
    const bad = (step: TestStep, finding: TestFinding, word?: string) => {
      steps.push({ step, state: 'bad', finding, ...(word !== undefined && { word }) })
      return steps
    }
    if (answer.kind === 'refused') return bad('reached', answer.reason)
    if (answer.kind === 'no-answer') {
      if (answer.why !== 'certificate') return bad('reached', answer.why ?? answer.reason)
      good('reached', 'in-time')
      return bad('line', 'certificate')
    }
    good('reached', 'in-time')
    good('line', line)
    if (answer.status !== 200) return bad('status', 'other-status', String(answer.status))
    good('status', 'ok-200')
    if (!answer.whole) return bad('body', 'too-long')
    const message = readEnvelope(answer.body)
    if (message === undefined) return bad('body', 'no-message')
    good('body', 'one-message')
    const now = clock.now()
    const checked = await verifySigned(message, (kid) => findKey(prisma, merchant.id, kid), now)
    if (checked.kind === 'refused') return bad('signature', checked.reason)
    good('signature', 'signed', checked.kid)
    const wrong = wrongMembers(checked.claims, question, now)
    if (wrong.length > 0) return bad('members', 'members-wrong', wrong.join(', '))
    good('members', 'members-right')
    // An order that does not exist cannot be in the shop's books: whoever says yes to it would say yes to anything.
    if (checked.claims['typ'] === 'payment.mismatch') good('answer', 'mismatch')
    else steps.push({ step: 'answer', state: 'warn', finding: 'confirmed' })
    return steps
  }

  return {
    async run(merchantId) {
      const merchant = await merchants.get(merchantId)
      if (!merchant?.confirmationUrl) return { kind: 'no-address' }
      const now = clock.now().getTime()
      const hour = new Date(now - (now % HOUR_MS))
      if ((await countOne(prisma, `confirmation-test:${merchantId}`, hour)) > MOST_AN_HOUR) return { kind: 'too-many' }
      const question = questionTo(merchant)
      const [{ jws }, mutual] = await Promise.all([signing.sign(question), mutualLine(parts, merchantId)])
      const startedAt = performance.now()
      const answer = await outgoing.post(merchant.confirmationUrl, {
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ message: jws }),
        timeLimitMs: ANSWER_LIMIT_MS,
        ...(mutual && { mutual }),
        about: { link: 'confirmation', operation: 'test', correlation: question.jti },
      })
      const milliseconds = performance.now() - startedAt
      const line = mutual ? 'mutual' : merchant.confirmationUrl.startsWith('https:') ? 'https' : 'plain'
      const steps = await judge(merchant, question, answer, line)
      return { kind: 'tested', steps, milliseconds, tid: question.tid }
    },
  }

  /** The members of an answer that are missing, in another form, or not those of the question. */
  function wrongMembers(claims: Readonly<Record<string, unknown>>, question: Question, now: Date): string[] {
    const read = confirmationClaims.safeParse(claims)
    if (!read.success) return [...new Set(read.error.issues.map(({ path }) => String(path[0] ?? '')))]
    const { re, tid, amount, currency, iss, aud, iat = now.getTime() / 1000, exp } = read.data
    const right = {
      re: re === question.jti,
      tid: tid === question.tid,
      amount: amount === AMOUNT,
      currency: currency === question.currency,
      iss: iss === undefined || iss === question.aud,
      aud: aud === undefined || aud === question.iss,
      iat: isFresh({ iat, exp }, now),
    }
    return Object.entries(right).flatMap(([name, isRight]) => (isRight ? [] : [name]))
  }
}
