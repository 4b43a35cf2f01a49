import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Shop } from './house'

/** A payment as a shop's server asks for it: the same words and the same key however often it asks. */
export interface Order {
  readonly shop: Shop
  readonly orderRef: string
  readonly key: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface Answer {
  readonly status: number
  readonly body: {
    readonly id?: string
    readonly state?: string
    readonly status?: string
    readonly code?: string
    readonly paymentId?: string
  }
}

export function anOrder(
  shop: Shop,
  amount: bigint,
  card: { number: string; expiry: string },
  changes: Readonly<Record<string, unknown>> = {},
): Order {
  const orderRef = randomUUID()
  const body = { orderRef, orderName: '원두 1kg', amount: String(amount), currency: 'KRW', means: { card }, ...changes }
  return { shop, orderRef: String(body.orderRef), key: randomUUID(), body }
}

/** Asks once. Undefined when the connection broke or nobody listens: that is no answer. */
export async function ask(url: string, { shop, key, body }: Order): Promise<Answer | undefined> {
  return call(`${url}/api/v1/payments`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${shop.secret}`,
      'content-type': 'application/json',
      'idempotency-key': `"${key}"`,
    },
    body: JSON.stringify(body),
  })
}

export async function askToCapture(url: string, shop: Shop, paymentId: string): Promise<Answer | undefined> {
  return call(`${url}/api/v1/payments/${paymentId}/capture`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.secret}`, 'idempotency-key': `"${randomUUID()}"` },
  })
}

async function call(url: string, request: RequestInit): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, request)
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  } catch {
    return undefined
  }
}

/** Between two askings, as the answer "still in progress" advises. */
const ASK_EVERY_MS = 1000

/** Asks with the same key until there is an answer that is the last word. Throws what came last when time is up. */
export async function askUntilAnswered(url: string, order: Order, until: number): Promise<Answer> {
  for (;;) {
    const answer = await ask(url, order)
    const open = !answer || answer.status >= 500 || answer.status === 202 || answer.body.code === 'request-in-progress'
    if (!open) return answer
    if (Date.now() > until) {
      throw new Error(`order ${order.orderRef} was not answered in time; the last answer was ${JSON.stringify(answer)}`)
    }
    await pause(ASK_EVERY_MS)
  }
}
