/**
 * The service that keeps the points: cards with a balance, what is set aside, taken and given back. In memory, unless it is
 * given a file. Started by itself:
 *
 *   POINTS_PORT=3029 node examples/module-points/points-service.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'

/** The cards of a new service, for demos and tests. */
export const DEMO_CARDS = { 10000001: { pin: '1234', points: 500_000 }, 10000002: { pin: '1234', points: 300 } }

/** Every request is known by its reference: one that comes again is answered the same and does nothing new. */
export function createBook(kept) {
  const cards = structuredClone(kept?.cards ?? DEMO_CARDS)
  const holds = structuredClone(kept?.holds ?? {})
  const refunds = structuredClone(kept?.refunds ?? {})
  const no = (reason) => ({ ok: false, reason })
  const yes = { ok: true }

  return {
    cards,
    view: () => ({ cards, holds, refunds }),

    '/check': () => yes,

    '/holds'({ reference, card, pin, points }) {
      const before = holds[reference]
      if (before) return before.state === 'void' ? no('closed') : yes
      const held = cards[card]
      if (!held) return no('unknown-card')
      if (held.pin !== pin) return no('wrong-pin')
      if (held.points < Number(points)) return no('too-few-points')
      held.points -= Number(points)
      holds[reference] = { card, points: Number(points), state: 'held', givenBack: 0 }
      return yes
    },

    '/captures'({ reference }) {
      const hold = holds[reference]
      if (!hold || hold.state === 'void') return no('closed')
      hold.state = 'taken'
      return yes
    },

    // What was never set aside is given back already, and cannot be set aside any more.
    '/voids'({ reference }) {
      const hold = (holds[reference] ??= { points: 0, state: 'void', givenBack: 0 })
      if (hold.state === 'taken') return no('closed')
      if (hold.state === 'held') cards[hold.card].points += hold.points
      hold.state = 'void'
      return yes
    },

    '/refunds'({ hold: taken, reference, points }) {
      if (refunds[reference]) return yes
      const hold = holds[taken]
      if (hold?.state !== 'taken') return no('closed')
      if (hold.givenBack + Number(points) > hold.points) return no('exceeds')
      hold.givenBack += Number(points)
      cards[hold.card].points += Number(points)
      refunds[reference] = { hold: taken, points: Number(points) }
      return yes
    },
  }
}

/**
 * @param {{ port?: number, file?: string, before?: (path: string, answer: () => object) => object | undefined }} options
 *   before: may answer in the book's place, or with nothing at all; for tests of what goes wrong
 */
export async function startPointsService({ port = 0, file, before } = {}) {
  const book = createBook(file ? readKept(file) : undefined)
  const server = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const deed = request.method === 'POST' && request.url !== '/view' ? book[request.url] : undefined
      if (typeof deed !== 'function') return response.writeHead(404).end('{}')
      const answer = () => deed(JSON.parse(Buffer.concat(chunks).toString() || '{}'))
      const said = before ? before(request.url, answer) : answer()
      if (file) writeFileSync(file, JSON.stringify(book.view()))
      if (!said) return request.socket.destroy()
      response.writeHead(said.ok ? 200 : 409, { 'content-type': 'application/json' }).end(JSON.stringify(said))
    })
  })
  await new Promise((ready) => server.listen(port, '127.0.0.1', ready))
  return {
    book,
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections()
      return new Promise((closed) => server.close(closed))
    },
  }
}

function readKept(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { POINTS_PORT, POINTS_DATA } = process.env
  const service = await startPointsService({ port: Number(POINTS_PORT ?? 3029), file: POINTS_DATA })
  console.log(`The points service listens at ${service.url}.`)
}
