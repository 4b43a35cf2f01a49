import { describe, expect, test } from 'vitest'
import { createBatch } from './batch'

/** Sends only when told to, and keeps what was sent together. */
function heldSender() {
  const sent: number[][] = []
  const releases: (() => void)[] = []
  const send = async (requests: readonly number[]) => {
    sent.push([...requests])
    await new Promise<void>((resolve) => releases.push(resolve))
    if (requests.includes(13)) throw Object.assign(new Error('thirteen is refused'), { code: '23514' })
    if (requests.includes(17)) throw new Error('Connection terminated unexpectedly')
    return requests.map((request) => request * 10)
  }
  return { sent, send, release: () => releases.shift()?.() }
}

const options = { calls: 1, largest: 3, order: (request: number) => String(request).padStart(4, '0') }
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

describe('a batch', () => {
  test('sends what waits at the same moment together, in one order, and gives each its own result', async () => {
    const { sent, send, release } = heldSender()
    const ask = createBatch(send, options)
    const results = Promise.all([ask(3), ask(1), ask(2), ask(4)])
    await nextTurn()
    expect(sent).toEqual([[1, 2, 3]])
    release()
    await nextTurn()
    await nextTurn()
    release()
    expect(await results).toEqual([30, 10, 20, 40])
    expect(sent).toEqual([[1, 2, 3], [4]])
  })

  test('one request that is refused does not fail the others of its call', async () => {
    const { send, release } = heldSender()
    const ask = createBatch(send, options)
    const results = Promise.allSettled([ask(1), ask(13)])
    for (let turn = 0; turn < 12; turn++) {
      await nextTurn()
      release()
    }
    expect(await results).toEqual([
      { status: 'fulfilled', value: 10 },
      { status: 'rejected', reason: expect.objectContaining({ message: 'thirteen is refused' }) as Error },
    ])
  })

  test('a database that is away is not asked again for each request of a call', async () => {
    const { sent, send, release } = heldSender()
    const ask = createBatch(send, options)
    const results = Promise.allSettled([ask(1), ask(17), ask(3)])
    await nextTurn()
    release()
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(sent).toEqual([[1, 3, 17]])
  })
})
