import type { Gateway } from '../lib/gateway'
import type { Uuid } from '../lib/ids'
import { purchaseTabs } from '../lib/desk/purchase-tab'
import { jobs } from '../lib/jobs/registry'
import { readBoard } from '../lib/operations/board'
import { type PaymentRow, readPayment, SELECT_PAYMENT } from '../lib/payments/store'
import { disputeStates } from '../lib/disputes/dispute-moves'
import { requestStates } from '../lib/refund-requests/refund-request'
import { daysBefore } from '../lib/statistics/past-days'

/** A list, a filter of it, or a chart, as a page asks for it. Which reading it is picks what is looked for. */
export interface ListCase {
  readonly name: string
  readonly read: (round: number) => Promise<unknown>
}

/** As many as the pages show, and the one that says whether there are more. */
const PAGE = 26
const DAY_MS = 24 * 3_600_000
/** Pages in the midst of a list: a cursor must not cost what lies before it. */
const PLACES = 20

interface Known {
  readonly merchantId: Uuid
  /** Some payments of the shop, from all of the month. */
  readonly payments: readonly { id: Uuid; orderRef: string; at: Date }[]
  /** Some who paid more than once. */
  readonly shoppers: readonly { id: Uuid; email: string }[]
}

/** Everything that is measured for one shop, and the floor: a page of as many payments, each read by its primary key. */
export async function listCases(gateway: Gateway, merchantId: Uuid): Promise<{ floor: ListCase; cases: ListCase[] }> {
  const known = await getToKnow(gateway, merchantId)
  return {
    floor: await floorOf(gateway, merchantId),
    cases: [
      ...portalLists(gateway, known),
      ...queues(gateway, known),
      ...deskLists(gateway, known),
      ...consoleLists(gateway),
      ...shopperLists(gateway, known),
    ],
  }
}

async function floorOf({ database: { pool } }: Gateway, merchantId: Uuid): Promise<ListCase> {
  const { rows } = await pool.query<{ ids: Uuid[] }>(
    `select array_agg(id) as ids from (select id from payment where merchant_id = $1 order by id desc limit ${PAGE}) p`,
    [merchantId],
  )
  return {
    name: `floor: ${PAGE} payments by their primary keys`,
    read: async () => {
      const found = await pool.query<PaymentRow>(`${SELECT_PAYMENT} where p.merchant_id = $1 and p.id = any($2)`, [
        merchantId,
        rows[0]!.ids,
      ])
      return found.rows.map(readPayment)
    },
  }
}

async function getToKnow({ database: { pool } }: Gateway, merchantId: Uuid): Promise<Known> {
  const [payments, shoppers] = await Promise.all([
    pool.query<Known['payments'][number]>(
      `select id, order_ref as "orderRef", created_at as at from payment tablesample system (1) where merchant_id = $1 limit 1000`,
      [merchantId],
    ),
    pool.query<Known['shoppers'][number]>(
      `select id, email from person where email like '%@month.example' order by id limit $1`,
      [PLACES],
    ),
  ])
  const step = Math.max(1, Math.floor(payments.rows.length / PLACES))
  return {
    merchantId,
    payments: payments.rows.filter((_, index) => index % step === 0),
    shoppers: shoppers.rows,
  }
}

function pick<Value>(values: readonly Value[], round: number): Value {
  const value = values[round % values.length]
  if (value === undefined) throw new Error('The month has too few payments: seed more.')
  return value
}

function portalLists(gateway: Gateway, { merchantId, payments }: Known): ListCase[] {
  const { purchases, statistics, settlement, daily, messages } = gateway
  const month = async () => daysBefore(await daily.today(), 30)
  return [
    { name: 'payments', read: () => purchases.page(merchantId, { limit: PAGE }) },
    {
      name: 'payments, somewhere in the month',
      read: (round) => purchases.page(merchantId, { limit: PAGE, before: pick(payments, round).id }),
    },
    ...purchaseTabs.flatMap((tab): ListCase[] => [
      { name: `payments: ${tab}`, read: () => purchases.page(merchantId, { tab, limit: PAGE }) },
      {
        name: `payments: ${tab}, somewhere in the month`,
        read: (round) => purchases.page(merchantId, { tab, limit: PAGE, before: pick(payments, round).id }),
      },
    ]),
    { name: 'payments: how many in each tab', read: () => purchases.counts(merchantId) },
    {
      name: 'payments by order reference',
      read: (round) => purchases.page(merchantId, { orderRef: pick(payments, round).orderRef, limit: PAGE }),
    },
    {
      name: 'payments by an order reference that nobody has',
      read: (round) => purchases.page(merchantId, { orderRef: `none-${round}`, limit: PAGE }),
    },
    { name: 'payments: the oldest', read: () => purchases.browse(merchantId, { order: 'oldest', limit: PAGE }) },
    ...(['largest', 'smallest'] as const).map((order): ListCase => ({
      name: `payments: the ${order}`,
      read: () => purchases.browse(merchantId, { order, currency: 'KRW', limit: PAGE }),
    })),
    {
      name: 'payments between two amounts',
      read: () => purchases.browse(merchantId, { currency: 'KRW', least: 10_000n, most: 20_000n, limit: PAGE }),
    },
    {
      name: 'payments by a means that nobody used (a page of looking)',
      read: () => purchases.browse(merchantId, { means: 'none', limit: PAGE }),
    },
    { name: 'a page of the export (500 payments)', read: () => purchases.page(merchantId, { limit: 500 }) },
    { name: 'overview: today', read: () => statistics.today(merchantId) },
    { name: 'overview: the same day last week', read: () => statistics.weekAgo(merchantId) },
    { name: 'overview: payouts due', read: () => settlement.outlook(merchantId) },
    {
      name: 'overview: past days',
      read: async () => {
        const days = daysBefore(await daily.today(), 14)
        return daily.dayLines({ first: days[0]!, last: days.at(-1)!, merchantId })
      },
    },
    { name: 'payouts', read: () => settlement.list(merchantId, { limit: PAGE }) },
    {
      name: 'lines of a payout',
      read: async () => {
        const [payout] = await settlement.list(merchantId, { limit: 1 })
        return payout && settlement.lines(payout, { limit: PAGE })
      },
    },
    {
      name: 'months',
      read: async () => {
        const days = await month()
        return settlement.months(merchantId, {
          currency: 'KRW',
          first: days[0]!.slice(0, 7),
          last: days.at(-1)!.slice(0, 7),
        })
      },
    },
    { name: 'messages to the shop', read: () => messages.list(merchantId, { limit: PAGE }) },
    ...(['due', 'sent', 'failed'] as const).map((state) => ({
      name: `messages to the shop: ${state}`,
      read: () => messages.list(merchantId, { state, limit: PAGE }),
    })),
    { name: 'direct debits: batches', read: () => gateway.debitBatches.list(merchantId, { limit: PAGE }) },
    { name: 'e-cash taken', read: () => gateway.eCash.taken(merchantId) },
  ]
}

function queues({ refundRequests, unpaid, disputes, giro }: Gateway, { merchantId, payments }: Known): ListCase[] {
  return [
    { name: 'refund requests', read: () => refundRequests.list(merchantId, { limit: PAGE }) },
    ...requestStates.map((state) => ({
      name: `refund requests: ${state}`,
      read: () => refundRequests.list(merchantId, { state, limit: PAGE }),
    })),
    {
      name: 'refund requests by reason',
      read: () => refundRequests.list(merchantId, { state: 'open', reason: 'paid-twice', limit: PAGE }),
    },
    {
      name: 'refund requests by a part of the order’s name',
      read: () => refundRequests.list(merchantId, { text: '없는 물건', limit: PAGE }),
    },
    { name: 'refund requests that wait', read: () => refundRequests.countOpen(merchantId) },
    { name: 'unpaid', read: () => unpaid.page(merchantId, { limit: PAGE }) },
    {
      name: 'unpaid, somewhere in the month',
      read: (round) => unpaid.page(merchantId, { limit: PAGE, before: pick(payments, round).id }),
    },
    ...(['giro', 'cash-on-delivery', 'direct-debit'] as const).map((module) => ({
      name: `unpaid: ${module}`,
      read: () => unpaid.page(merchantId, { module, limit: PAGE }),
    })),
    { name: 'unpaid: overdue', read: () => unpaid.page(merchantId, { overdue: true, limit: PAGE }) },
    {
      name: 'unpaid by a payer that nobody is',
      read: () => unpaid.page(merchantId, { search: '없는 사람', limit: PAGE }),
    },
    { name: 'giro: to be given back', read: () => giro.credits(merchantId, { list: 'owed', limit: PAGE }) },
    { name: 'disputes', read: () => disputes.list(merchantId, { limit: PAGE }) },
    ...disputeStates.map((state) => ({
      name: `disputes: ${state}`,
      read: () => disputes.list(merchantId, { states: [state], limit: PAGE }),
    })),
    {
      name: 'disputes by an order reference that nobody has',
      read: () => disputes.list(merchantId, { orderRef: 'none', limit: PAGE }),
    },
  ]
}

function deskLists({ purchases, statistics }: Gateway, { merchantId, payments, shoppers }: Known): ListCase[] {
  const search = (name: string, typed: (round: number) => string): ListCase => ({
    name: `counselor: ${name}`,
    read: (round) => purchases.search(merchantId, typed(round)),
  })
  return [
    search('by order reference', (round) => pick(payments, round).orderRef),
    search('by TID', (round) => pick(payments, round).id),
    search('by a shopper’s e-mail', (round) => pick(shoppers, round).email),
    search('by an e-mail that nobody has', (round) => `nobody-${round}@example.com`),
    search('by a guest’s e-mail', (round) => `guest-${round * 97}@month.example`),
    search('by last four digits', (round) => String(1000 + round * 37)),
    search('by a part of the order’s name', () => '커피'),
    search('by a name that nothing has', () => '없는 물건'),
    {
      name: 'counselor: today’s cancellations',
      read: async () => purchases.cancellations(merchantId, await statistics.startOfToday()),
    },
  ]
}

function consoleLists(gateway: Gateway): ListCase[] {
  const { operations, clock, daily, disputes, giro, settlement, reconciliation, accounts, billingFiles } = gateway
  const log = (name: string, wish: Readonly<Record<string, unknown>>, days = 1): ListCase => ({
    name: `transaction log: ${name}`,
    read: () => {
      const until = clock.now()
      return operations.searchMessages({ from: new Date(until.getTime() - days * DAY_MS), until, limit: 50, ...wish })
    },
  })
  return [
    { name: 'console: the board', read: () => readBoard({ ...gateway, jobs }) },
    { name: 'console: payments that are stuck', read: () => gateway.payments.listStuck(PAGE) },
    log('a day', {}),
    log('the month', {}, 30),
    log('a link', { link: 'telco' }, 30),
    log('a result', { result: 'no-answer' }, 30),
    log('a text that nothing has', { text: 'nowhere' }, 30),
    log('a reference that nobody has', { name: '20260101000000000000' }, 90),
    {
      name: 'console: figures of a day, all shops',
      read: async () => {
        const day = daysBefore(await daily.today(), 1)[0]!
        return daily.lines({ first: day, last: day })
      },
    },
    { name: 'console: disputes', read: () => disputes.listEverywhere({ limit: PAGE }) },
    { name: 'console: disputes by state', read: () => disputes.countOpen() },
    { name: 'console: giro without a bill', read: () => giro.unassigned({ limit: PAGE }) },
    {
      name: 'console: differences',
      read: () => reconciliation.differences({ limit: PAGE, state: undefined, before: undefined }),
    },
    { name: 'console: files to banks', read: () => settlement.files(10) },
    { name: 'console: accounts', read: () => accounts.list({ limit: PAGE }) },
    { name: 'console: charging files', read: () => billingFiles.files(PAGE) },
    { name: 'console: refused purchases', read: () => billingFiles.refused({ limit: PAGE }) },
  ]
}

function shopperLists({ payments, spending, vcards }: Gateway, { shoppers }: Known): ListCase[] {
  return [
    { name: 'my Moa: purchases', read: (round) => payments.listOfShopper(pick(shoppers, round).id, { limit: PAGE }) },
    { name: 'my Moa: spending by month', read: (round) => spending.byMonth(pick(shoppers, round).id, 6) },
    { name: 'my Moa: V-Cards', read: (round) => vcards.list(pick(shoppers, round).id, { limit: 10 }) },
  ]
}
