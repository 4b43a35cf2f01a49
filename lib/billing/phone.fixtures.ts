import { DEMO_LINES } from '../../simulators/telco/demo-lines'
import type { LineChange } from '../../simulators/telco/line-change'
import { aMerchant, startGateway, type TestGateway } from '../../test/gateway'
import { type Clock, later } from '../clock'
import type { Gateway } from '../gateway'
import { type Uuid, uuidAt } from '../ids'
import type { Merchant } from '../merchants/merchant'
import { krw } from '../money/money'
import type { Payment } from '../payments/payment'
import type { MeansInput } from '../payments/plan-means'
import type { Asker } from './codes'
import type { ChangedBy, Limit } from './limits'
import type { CodeAnswer, CodeRequest, WantedLine } from './phone-bill'

export const anOperator: ChangedBy & { kind: 'operator' } = { kind: 'operator', id: 'op', name: 'Operator' }

/** A clock that stands where it is set, then runs. */
export interface PhoneClock extends Clock {
  set(to: Date): void
  forward(milliseconds: number): void
}

export function aPhoneClock(): PhoneClock {
  let ahead = 0
  return {
    now: () => later(new Date(), ahead),
    set: (to) => void (ahead = to.getTime() - Date.now()),
    forward: (milliseconds) => void (ahead += milliseconds),
  }
}

export interface PhoneWorld extends TestGateway {
  readonly clock: PhoneClock
  readonly shop: Merchant
  /** A new line that has been proved, without any purchase on it so far. */
  line(given?: Partial<LineChange>): Promise<Uuid>
  /** Limits of the operator in won; what is absent is not limited. */
  allow(limit: Limit): Promise<void>
  /** A purchase on a proved line, paid at once; several means share it by their amounts. */
  buy(lineId: Uuid, amount: bigint, on?: { gateway?: Gateway; shop?: Merchant; manual?: boolean }): Promise<Payment>
  charges(lineId: Uuid): Promise<ChargeRow[]>
  /** An open payment of the hosted checkout. */
  order(amount: bigint): Promise<Payment>
  /** Asks for a code for all of a payment, from an address of its own. */
  askCode(payment: Payment, calling: WantedLine, changes?: Partial<CodeRequest>): Promise<CodeAnswer>
  /** The same, where it must have been sent. */
  code(payment: Payment, calling: WantedLine, changes?: Partial<CodeRequest>): Promise<SentCode>
  /** Waits at the telephone of a line: what is returned resolves with the digits of the next code that reaches it. */
  nextCode(number: string): Promise<() => Promise<string>>
}

/** A code with the digits that its message carries. */
export interface SentCode {
  readonly codeId: Uuid
  readonly code: string
}

export interface ChargeRow {
  readonly payment_id: Uuid
  readonly amount: bigint
  readonly reduced_amount: bigint
  readonly credited_amount: bigint
  readonly state: string
  readonly day: string
  readonly month: string
  readonly purchased_at: Date
}

let lines = 0

/** A gateway with telcos, a shop that takes the phone bill, and no limits but those a test sets. */
export async function startPhoneWorld(): Promise<PhoneWorld> {
  const clock = aPhoneClock()
  const world = await startGateway({ clock, env: { TELCO_TIME_LIMIT_MS: '8000' } })
  const { gateway } = world
  const shop = await aPhoneShop(gateway)
  const allow = (limit: Limit) => gateway.phoneBill.limits.set({ scope: 'operator' }, 'KRW', limit, anOperator)
  await allow({})
  return {
    ...world,
    clock,
    shop,
    allow,
    async line(given = {}) {
      const number = `+821077${String(++lines).padStart(6, '0')}`
      const subscriber = { number, name: '새 가입자', birthDate: '1985-05-05', standing: 'active' } as const
      await world.outside.changeLine('baram', { ...subscriber, ...given })
      const found = await gateway.phoneBill.lineOf({ kind: 'line', number })
      if (!found) throw new Error('a new line can be billed')
      return found
    },
    async buy(lineId, amount, { gateway: through = gateway, shop: at = shop, manual = false } = {}) {
      const means: MeansInput[] = [{ module: 'phone-bill', input: through.phoneBill.proven(lineId) }]
      const opened = await through.payments.open({
        ...anOrder(at.id, amount),
        means,
        captureMode: manual ? 'manual' : 'automatic',
      })
      if (opened.kind !== 'opened') throw new Error(opened.kind)
      return opened.payment
    },
    async charges(lineId) {
      const { rows } = await gateway.database.pool.query<ChargeRow>(
        `select payment_id, amount, reduced_amount, credited_amount, state, local_day::text as day,
           to_char(local_month, 'YYYY-MM') as month, purchased_at
         from phone_charge where line_id = $1 and state <> 'released' order by purchased_at, payment_id`,
        [lineId],
      )
      return rows
    },
    async order(amount) {
      const opened = await gateway.payments.open({ ...anOrder(shop.id, amount), channel: 'hosted' })
      if (opened.kind !== 'opened') throw new Error(opened.kind)
      return opened.payment
    },
    askCode,
    async code(payment, calling, changes) {
      if (calling.kind === 'own') throw new Error('nobody knows where the code goes')
      const arrives = await nextCode(calling.number)
      const answer = await askCode(payment, calling, changes)
      if (answer.kind !== 'sent') throw new Error(`no code was sent: ${answer.kind}`)
      return { codeId: answer.codeId, code: await arrives() }
    },
    nextCode,
  }

  async function nextCode(number: string): Promise<() => Promise<string>> {
    const to = DEMO_LINES.find((line) => line.number === number)?.notify ?? number
    const [latest] = await world.outside.sms({ to })
    return async () => {
      const [message] = await world.outside.sms({ to, waitMs: 10_000, ...(latest ? { after: latest.id } : {}) })
      // Shown in one piece, or read out one by one.
      const [code] = /(?<![0-9])[0-9](?:(?:, )?[0-9]){5}(?![0-9])/.exec(message?.text ?? '') ?? []
      if (!code) throw new Error(`no code reached the telephone: ${message?.text}`)
      return code.replaceAll(', ', '')
    }
  }

  function askCode(payment: Payment, calling: WantedLine, changes: Partial<CodeRequest> = {}): Promise<CodeAnswer> {
    return gateway.phoneBill.requestCode({
      ...{ merchantId: payment.merchantId, paymentId: payment.id, amount: krw(payment.amount), calling },
      asker: anAsker(),
      ...changes,
    })
  }
}

/** Somebody who has asked for nothing yet, from wherever. */
export function anAsker(changes: Partial<Asker> = {}): Asker {
  return { address: uuidAt(new Date()), session: uuidAt(new Date()), ...changes }
}

export function aPhoneShop(gateway: Gateway): Promise<Merchant> {
  return aMerchant(gateway, { modules: ['card', 'vcard', 'phone-bill'] })
}

export function anOrder(merchantId: Uuid, amount: bigint) {
  return {
    ...{ merchantId, orderRef: uuidAt(new Date()), orderName: '웹툰 이용권', amount: krw(amount), metadata: {} },
    ...({ captureMode: 'automatic', channel: 'direct', locale: 'ko' } as const),
  }
}
