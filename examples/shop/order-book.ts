import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Order } from './order'

/** The shop's own books: what was ordered, for how much. */
export interface OrderBook {
  get(id: string): Order | undefined
  ofPayment(paymentId: string): Order | undefined
  /** Newest first. */
  ofVisitor(visitor: string): readonly Order[]
  /** Newest first. */
  all(): readonly Order[]
  /** Adds a new order; written when it returns. */
  add(order: Order): Order
  /** Changes an order as it is now, not as it was read some time ago; written when it returns. */
  change(id: string, change: (order: Order) => Order): Order
}

const AMOUNTS = new Set(['amount', 'capturedAmount', 'refundedAmount'])

/** @param folder where the book is kept; without one, in memory only */
export function openOrderBook(folder: string | undefined): OrderBook {
  const file = folder === undefined ? undefined : path.join(folder, 'orders.json')
  if (folder !== undefined) mkdirSync(folder, { recursive: true })
  const orders = new Map((file === undefined ? [] : readOrders(file)).map((order) => [order.id, order]))
  const newestFirst = () => [...orders.values()].reverse()

  function save(order: Order): Order {
    orders.set(order.id, order)
    if (file !== undefined) writeOrders(file, [...orders.values()])
    return order
  }

  return {
    get: (id) => orders.get(id),
    ofPayment: (paymentId) => newestFirst().find(({ payment }) => payment?.id === paymentId),
    ofVisitor: (visitor) => newestFirst().filter((order) => order.visitor === visitor),
    all: newestFirst,
    add: save,
    change(id, change) {
      const order = orders.get(id)
      if (!order) throw new Error('no such order')
      return save(change(order))
    },
  }
}

function readOrders(file: string): Order[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return JSON.parse(text, (name, value: unknown) =>
    AMOUNTS.has(name) && typeof value === 'string' ? BigInt(value) : value,
  ) as Order[]
}

/** Whole or not at all: a crash in between leaves the book before it. */
function writeOrders(file: string, orders: readonly Order[]): void {
  const text = JSON.stringify(orders, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
