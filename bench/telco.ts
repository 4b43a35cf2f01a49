/**
 * Approvals a second through the telco link: the adapter in this process, the outside world's system in another, over
 * loopback. Beside it, from the same run, a floor: frames of the same size to a process that only sends them back.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { connectTelcos } from '../lib/gateways/telco/telcos'
import type { AuthenticateRequest } from '../lib/gateways/telco/telco'
import { krw } from '../lib/money/money'
import { startOutsideWorld } from '../simulators/client'
import { demoLine } from '../simulators/telco/demo-lines'

const AT_A_TIME = 256
const CONNECTIONS = 2

/** @param args how many approvals; 50,000 unless said */
export async function run([count = '50000']: readonly string[]): Promise<void> {
  const wanted = Number(count)
  if (!Number.isSafeInteger(wanted) || wanted < AT_A_TIME) throw new RangeError(`at least ${AT_A_TIME} approvals`)
  const world = await startOutsideWorld()
  const telcos = connectTelcos(
    world.telcos.map((telco) => ({ ...telco, host: '127.0.0.1', connections: CONNECTIONS })),
    { timeLimitMs: 10_000 },
  )
  const latencies: number[] = []
  const approve = async (at: number) => {
    const asked = performance.now()
    const answer = await telcos.authenticate(anAuthentication(at))
    if (answer.kind !== 'approved') throw new Error(`a purchase was to be approved, not ${answer.kind}`)
    latencies.push(performance.now() - asked)
  }
  const perSecond = await rate(wanted, approve)
  const { count: booked } = await world.telcoBook('baram', { limit: 1 })
  if (booked !== wanted) throw new Error(`${booked} requests are in the system's book, not ${wanted}`)
  await telcos.close()
  await world.stop()
  const floor = await echoed(wanted)

  latencies.sort((a, b) => a - b)
  const percentile = (share: number) => latencies[Math.floor((latencies.length - 1) * share)]?.toFixed(1)
  const shown = (value: number) => Math.round(value).toLocaleString('en')
  console.log(`approvals       ${shown(perSecond)} a second (${shown(wanted)}, ${AT_A_TIME} at a time)`)
  console.log(`latency         p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms`)
  console.log(`bare echo       ${shown(floor)} a second (floor: frames of that size, sent back)`)
  console.log(`ratio           ${(perSecond / floor).toFixed(3)} of the floor`)
}

function anAuthentication(at: number): AuthenticateRequest {
  const { number } = demoLine('benchmark')
  const tid = `bench-${at}`
  const purchase = { tid, merchant: 'Moa Shop', description: 'Benchmark', amount: krw(1_000) }
  return { reference: tid, calling: { kind: 'line', number }, purchase }
}

/** So many deeds a second, so many at a time. */
async function rate(count: number, deed: (at: number) => Promise<void>): Promise<number> {
  let next = 0
  const started = performance.now()
  const worker = async () => {
    while (next < count) await deed(next++)
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  return count / ((performance.now() - started) / 1000)
}

const ECHO = `const server = require('node:net').createServer({ noDelay: true }, (socket) => socket.pipe(socket))
server.listen(0, '127.0.0.1', () => console.log(server.address().port))`
/** About what a request takes, frame included. */
const FRAME_BYTES = 300

async function echoed(count: number): Promise<number> {
  const child = spawn(process.execPath, ['-e', ECHO], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const sockets = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = connect({ port: Number(line.toString()), host: '127.0.0.1', noDelay: true })
      await once(socket, 'connect')
      const waiting: (() => void)[] = []
      let received = 0
      socket.on('data', ({ length }) => {
        for (received += length; received >= FRAME_BYTES; received -= FRAME_BYTES) waiting.shift()?.()
      })
      return { socket, waiting }
    }),
  )
  const frame = Buffer.alloc(FRAME_BYTES, 'x')
  const perSecond = await rate(count, (at) => {
    const { socket, waiting } = sockets[at % CONNECTIONS]!
    return new Promise((resolve) => {
      waiting.push(resolve)
      socket.write(frame)
    })
  })
  for (const { socket } of sockets) socket.destroy()
  child.kill()
  return perSecond
}
