import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database'
import { again, DurabilityOff, openDatabase } from './database'

test('a database that takes connections and says nothing does not keep a request waiting for ever (P1.2, P9.2)', async () => {
  const sockets = new Set<Socket>()
  const silent = createServer((socket) => void sockets.add(socket.on('error', () => undefined)))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const database = await openDatabase(`postgres://moa@127.0.0.1:${port}/moa`, { allowVolatile: true })
  await expect(database.pool.query('select 1')).rejects.toThrow(/timeout/)
  await database.close()
  for (const socket of sockets) socket.destroy()
  silent.close()
})

test('whoever waits for a connection while all of them are busy is refused in the end, and the next one is served', async () => {
  const { url, drop } = await freshDatabase()
  const database = await openDatabase(url, { allowVolatile: true, connections: 1 })
  const busy = await database.pool.connect()
  await expect(database.pool.query('select 1')).rejects.toThrow(/timeout exceeded/)
  busy.release()
  expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await database.close()
  await drop()
})

test('money is not taken on a database that may lose commits (P1.5)', async () => {
  const { url, drop } = await freshDatabase()
  await expect(openDatabase(url)).rejects.toThrow(DurabilityOff)
  await drop()
})

test.each(['40001', '40P01', 'P2034'])(
  'work that lost a race for locks (%s) is run again, but not for ever',
  async (code) => {
    let runs = 0
    const lose = (times: number) => () =>
      ++runs <= times ? Promise.reject(Object.assign(new Error('lost'), { code })) : Promise.resolve('done')
    expect(await again(lose(2))).toBe('done')
    runs = 0
    await expect(again(lose(100))).rejects.toThrow('lost')
    expect(runs).toBe(5)
  },
)

test('what is not a race is not run again', async () => {
  let runs = 0
  const fail = () => {
    runs += 1
    return Promise.reject(Object.assign(new Error('refused'), { code: '23514' }))
  }
  await expect(again(fail)).rejects.toThrow('refused')
  expect(runs).toBe(1)
})
