import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Intent {
  readonly id: string
  readonly amount: number
  status: 'requires_capture' | 'succeeded' | 'canceled' | 'requires_action'
  refunded: number
}

interface Refund {
  readonly id: string
  readonly object: 'refund'
  readonly intent: string
  readonly amount: number
  readonly metadata: { readonly reference: string | null }
  status: 'succeeded' | 'pending' | 'failed'
}

/** A server that speaks as much of Stripe's PaymentIntents as the module uses, idempotency keys included. */
export async function startStripe() {
  const intents = new Map<string, Intent>()
  const refunds: Refund[] = []
  const answered = new Map<string, { body: string; status: number; answer: object }>()
  const mischief = { now: undefined as 'lose' | 'fail' | 'decline' | undefined }
  const temper = { refusesKey: undefined as 401 | 403 | undefined, refundsAre: 'succeeded' as Refund['status'] }
  const requests: { path: string; body: URLSearchParams; key: string | undefined }[] = []

  const card = (code: string) => ({
    error: { type: 'card_error', code: 'card_declined', decline_code: code, message: code },
  })
  const invalid = (code: string) => ({ error: { type: 'invalid_request_error', code, message: code } })

  function act(method: string, url: URL, body: URLSearchParams): [status: number, answer: object] {
    const [, , kind, id = '', verb] = url.pathname.split('/')
    if (kind === 'refunds' && method === 'GET') {
      const data = refunds.filter(({ intent }) => intent === url.searchParams.get('payment_intent'))
      return [200, { object: 'list', url: url.pathname, has_more: false, data }]
    }
    if (kind === 'refunds') {
      const intent = intents.get(body.get('payment_intent') ?? '')
      const amount = Number(body.get('amount'))
      if (!intent) return [404, invalid('resource_missing')]
      if (intent.status !== 'succeeded' || intent.refunded + amount > intent.amount)
        return [400, invalid('charge_already_refunded')]
      intent.refunded += amount
      const metadata = { reference: body.get('metadata[reference]') }
      const named = { id: `re_${refunds.length + 1}`, object: 'refund', intent: intent.id } as const
      const made: Refund = { ...named, amount, metadata, status: temper.refundsAre }
      refunds.push(made)
      return [200, { ...made }]
    }
    if (id === '') {
      const means = body.get('payment_method') ?? ''
      if (means === 'pm_poor') return [402, card('insufficient_funds')]
      if (means === 'pm_missing') return [400, invalid('resource_missing')]
      const status = means === 'pm_challenge' ? 'requires_action' : 'requires_capture'
      const made: Intent = { id: `pi_${intents.size + 1}`, amount: Number(body.get('amount')), status, refunded: 0 }
      intents.set(made.id, made)
      return [200, shown(made)]
    }
    const intent = intents.get(id)
    if (!intent) return [404, invalid('resource_missing')]
    if (verb === 'capture') {
      if (intent.status !== 'requires_capture') return [400, invalid('payment_intent_unexpected_state')]
      intent.status = 'succeeded'
    }
    if (verb === 'cancel') {
      if (intent.status === 'succeeded' || intent.status === 'canceled')
        return [400, invalid('payment_intent_unexpected_state')]
      intent.status = 'canceled'
    }
    return [200, shown(intent)]
  }
  const shown = ({ refunded: _, ...intent }: Intent) => ({ ...intent, object: 'payment_intent' })

  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (piece: Buffer) => (text += piece.toString()))
    request.on('end', () => {
      const key = request.headers['idempotency-key'] as string | undefined
      const path = request.url ?? ''
      requests.push({ path, body: new URLSearchParams(text), key })
      if (temper.refusesKey !== undefined)
        return send(response, temper.refusesKey, { error: { type: 'invalid_request_error', message: 'the key' } })
      // Looking something up changes nothing; what misbehaves is the next request that does.
      const how = request.method === 'POST' ? mischief.now : undefined
      if (how) mischief.now = undefined
      if (how === 'fail') return send(response, 500, { error: { type: 'api_error', message: 'no' } })
      const before = key === undefined ? undefined : answered.get(key)
      if (before && before.body !== text)
        return send(response, 400, { error: { type: 'idempotency_error', message: 'other' } })
      const refused: [number, object] = [402, card('insufficient_funds')]
      const [status, answer] =
        how === 'decline'
          ? refused
          : before
            ? [before.status, before.answer]
            : act(request.method ?? '', new URL(path, 'http://stripe'), new URLSearchParams(text))
      if (key !== undefined) answered.set(key, { body: text, status, answer })
      if (how === 'lose') return undefined
      return send(response, status, answer, before ? { 'idempotent-replayed': 'true' } : {})
    })
  })
  const send = (response: ServerResponse, status: number, answer: object, headers: Record<string, string> = {}) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer))

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    intents,
    refunds,
    requests,
    /** From now on the key is not, or no longer, good for anything; undefined: it is again. */
    refuseKey(status: 401 | 403 | undefined) {
      temper.refusesKey = status
    },
    /** How refunds that are made from now on stand at first. */
    refundsAre(status: Refund['status']) {
      temper.refundsAre = status
    },
    /** A day passes, after which idempotency keys are forgotten. */
    forgetKeys: () => answered.clear(),
    misbehave(how: 'lose' | 'fail') {
      mischief.now = how
    },
    declineNext() {
      mischief.now = 'decline'
    },
    reset() {
      mischief.now = undefined
      Object.assign(temper, { refusesKey: undefined, refundsAre: 'succeeded' })
      intents.clear()
      refunds.length = 0
      requests.length = 0
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
