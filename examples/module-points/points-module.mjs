/**
 * Pay with points: a payment module that is not part of Moa. It speaks to its own service (points-service.mjs) and shows
 * every member of the interface that docs/modules.md describes.
 *
 * One point is one won. The service keeps the books and knows every request by its reference, so a verb that is repeated
 * does nothing new and answers the same.
 */

const CARD = /^[0-9]{8,12}$/
const PIN = /^[0-9]{4}$/

/** What the service says when it declines, in the gateway's words. A word that is not here is no answer. */
const REASONS = {
  'unknown-card': 'wrong-account',
  'wrong-pin': 'wrong-pin',
  'too-few-points': 'insufficient-funds',
  closed: 'hold-lost',
  exceeds: 'limit-exceeded',
}

/** A request to the service. Whatever is not an explicit yes or no is no answer: silence, an error, a word we do not know. */
async function ask(url, path, body) {
  try {
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(3_000),
    })
    const said = await response.json()
    if (response.status === 200 && said.ok === true) return { kind: 'yes', said }
    const reason = response.status === 409 ? REASONS[said.reason] : undefined
    return reason ? { kind: 'no', reason } : { kind: 'silence' }
  } catch {
    return { kind: 'silence' }
  }
}

const done = (answer) => {
  if (answer.kind === 'yes') return { kind: 'done' }
  return answer.kind === 'no' ? { kind: 'refused', reason: answer.reason } : { kind: 'no-answer' }
}

const points = {
  spi: 1,
  code: 'points',
  version: '1.0.0',
  names: { ko: '모아 포인트', en: 'Moa points' },
  timing: 'immediate',
  fields: [
    {
      ...{ name: 'card', label: { ko: '포인트 카드 번호', en: 'Points card number' }, kind: 'digits' },
      ...{ shortest: 8, longest: 12, hint: { ko: '숫자 8~12자리', en: '8 to 12 digits' } },
    },
    {
      ...{ name: 'pin', label: { ko: '비밀번호 네 자리', en: 'Four-digit PIN' }, kind: 'secret' },
      ...{ shortest: 4, longest: 4 },
    },
  ],
  verbs: ['plan', 'authorize', 'capture', 'void', 'refund', 'check', 'settingsFault'],

  start({ settings }) {
    if (typeof settings.url !== 'string') throw new Error('settings.url has to say where the points service is')
    const { url } = settings

    return {
      plan({ amount, input, settings: own }) {
        const { card, pin, ...rest } = input ?? {}
        const isRead = typeof card === 'string' && typeof pin === 'string' && Object.keys(rest).length === 0
        if (!isRead || !CARD.test(card) || !PIN.test(pin)) return { kind: 'wrong-input' }
        if (amount.currency !== 'KRW') return { kind: 'refused', reason: 'not-permitted' }
        if (own?.mostPoints !== undefined && amount.amount > BigInt(own.mostPoints)) {
          return { kind: 'refused', reason: 'limit-exceeded' }
        }
        // The PIN goes to the service only, and is stored nowhere.
        return {
          kind: 'planned',
          legs: [{ means: { card, lastFour: card.slice(-4) }, amount: amount.amount, secret: pin }],
        }
      },

      async authorize({ authorizeReference, means, amount }, pin) {
        const answer = await ask(url, '/holds', {
          ...{ reference: authorizeReference, card: means.card, pin, points: amount.amount.toString() },
        })
        if (answer.kind === 'yes') return { kind: 'authorized', hold: { hold: authorizeReference } }
        return answer.kind === 'no' ? { kind: 'declined', reason: answer.reason } : { kind: 'no-answer' }
      },

      async capture({ authorizeReference }) {
        return done(await ask(url, '/captures', { reference: authorizeReference }))
      },

      async void({ authorizeReference }) {
        return done(await ask(url, '/voids', { reference: authorizeReference }))
      },

      async refund({ authorizeReference }, { reference, amount }) {
        return done(
          await ask(url, '/refunds', { hold: authorizeReference, reference, points: amount.amount.toString() }),
        )
      },

      async check() {
        const answer = await ask(url, '/check', {})
        return answer.kind === 'yes' ? { kind: 'ready' } : { kind: 'no-answer' }
      },

      settingsFault({ mostPoints, ...rest }) {
        if (Object.keys(rest).length > 0) return `there is no setting "${Object.keys(rest)[0]}"`
        const isRight = mostPoints === undefined || (typeof mostPoints === 'string' && /^[0-9]{1,12}$/.test(mostPoints))
        return isRight ? undefined : 'mostPoints has to be an amount in points'
      },
    }
  },
}

export default points
