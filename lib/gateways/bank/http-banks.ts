import { randomUUID } from 'node:crypto'
import { CompactEncrypt, importJWK } from 'jose'
import { type Clock, systemClock } from '../../clock'
import type { LinkObserver } from '../link-observer'
import type { Banks, BookingAnswer, VerifyAnswer } from './bank'
import { type BankKeysSettings, createBankKeys, type EncryptionKey } from './bank-keys'
import { readBounded } from './read-bounded'
import { createRequestSigner, isSignedAnswer, type PrivateJwk, SIGNATURE_HEADER } from './signatures'
import { listedReversal, readBooking, readVerification } from './translate'
import { writtenOut } from './written-out'

/** How one bank is reached. */
export interface BankLinkSettings extends BankKeysSettings {
  readonly code: string
  /** Address before `/accounts/verify`. */
  readonly url: string
  /** Signs what we say to this bank, in place of the gateway's own key. */
  readonly signingKey?: PrivateJwk | undefined
  /** Our account at the bank, to which transfers go. */
  readonly account: string
  readonly currencies: readonly string[]
  readonly timeLimitMs: number
  /** The bank wants to know the amount when an account is verified, and says then whether the balance is enough. */
  readonly checksBalance: boolean
}

export interface BanksOptions {
  readonly clock?: Clock
  /** Who we are to the banks. */
  readonly gatewayId: string
  readonly signingKey: PrivateJwk
  readonly observe?: LinkObserver | undefined
}

const LARGEST_ANSWER = 65_536
const NO_ANSWER = { kind: 'no-answer' } as const

/** What was said, once its signature has been checked. */
interface Said {
  readonly status: number
  readonly body: unknown
}

interface Told {
  readonly operation: string
  readonly correlation: string
  readonly paymentId: string
}

/** The banks over HTTPS with JSON, both sides signing with a detached JWS (docs/links/bank.md). */
export function connectBanks(settings: readonly BankLinkSettings[], options: BanksOptions): Banks {
  const banks = new Map(settings.map((each) => [each.code, connectBank(each, options)]))
  return {
    takes: (bank, currency) => banks.get(bank)?.currencies.includes(currency) ?? false,
    verify: async (account) => (await banks.get(account.bank)?.verify(account)) ?? NO_ANSWER,
    transfer: async (transfer) => (await banks.get(transfer.bank)?.transfer(transfer)) ?? NO_ANSWER,
    reverse: async (reversal) => (await banks.get(reversal.bank)?.reverse(reversal)) ?? NO_ANSWER,
  }
}

function connectBank(
  settings: BankLinkSettings,
  { clock = systemClock, gatewayId, signingKey, observe }: BanksOptions,
): Omit<Banks, 'takes'> & { readonly currencies: readonly string[] } {
  const { code, timeLimitMs } = settings
  const base = settings.url.replace(/\/+$/, '')
  const keys = createBankKeys(settings, clock, timeLimitMs)
  const signer = createRequestSigner(settings.signingKey ?? signingKey)

  /** One signed exchange; undefined for everything that is no verified answer to exactly this request. */
  async function exchange(method: 'GET' | 'POST', path: string, content?: object, jti = randomUUID() as string) {
    const body = Buffer.from(content ? JSON.stringify(content) : '')
    const now = clock.now()
    const claims = { iss: gatewayId, aud: code, iat: Math.floor(now.getTime() / 1000), jti, htm: method, htu: path }
    const signature = await signer.sign(body, claims)
    try {
      const response = await fetch(`${base}${path}`, {
        method,
        headers: { accept: 'application/json', [SIGNATURE_HEADER]: signature, ...JSON_BODY[method] },
        ...(content && { body }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeLimitMs),
      })
      const answer = await readBounded(response, LARGEST_ANSWER)
      const expected = { iss: code, aud: gatewayId, re: jti, status: response.status }
      const signed = response.headers.get(SIGNATURE_HEADER)
      if (!answer || !(await isSignedAnswer(signed, answer, expected, keys.signatureKey, clock.now()))) return undefined
      return { status: response.status, body: JSON.parse(answer.toString('utf8')) as unknown } satisfies Said
    } catch {
      // Refused, cut, too late or no JSON: nobody knows what the bank has done.
      return undefined
    }
  }

  /** The same, told to the transaction log. */
  async function ask<Answer extends VerifyAnswer | BookingAnswer>(
    told: Told,
    request: { method: 'GET' | 'POST'; path: string; content?: object; jti?: string },
    read: (said: Said) => Answer | 'unknown',
  ): Promise<Answer | 'unknown' | typeof NO_ANSWER> {
    const message = { link: 'bank', system: code, ...told } as const
    const { method, path, content, jti } = request
    const sentAt = performance.now()
    observe?.({ ...message, direction: 'out', body: () => writtenOut(content ?? { path }) })
    const said = await exchange(method, path, content, jti)
    const answer = said ? read(said) : NO_ANSWER
    const result = typeof answer === 'string' ? answer : answer.kind
    observe?.({
      ...{ ...message, direction: 'in', durationMs: performance.now() - sentAt },
      result: typeof answer === 'object' && answer.kind === 'refused' ? `refused:${answer.reason}` : result,
      ...(said && { body: () => writtenOut(said.body) }),
    })
    return answer
  }

  const booked =
    (asked: Parameters<typeof readBooking>[1]) =>
    ({ status, body }: Said) =>
      status === 200 ? readBooking(body, asked) : NO_ANSWER

  /** What the bank knows already is not asked of it again; what it does not know is not booked. */
  async function known(
    told: Told,
    transferId: string,
    read: (said: Said) => BookingAnswer | 'unknown',
  ): Promise<BookingAnswer | 'unknown'> {
    const path = `/transfers/${encodeURIComponent(transferId)}`
    return ask({ ...told, operation: 'status' }, { method: 'GET', path }, (said) =>
      said.status === 404 ? 'unknown' : said.status === 200 ? read(said) : NO_ANSWER,
    )
  }

  return {
    currencies: settings.currencies,

    async verify({ account, password, name, amount, paymentId }) {
      const key = await keys.encryptionKey()
      if (!key) return NO_ANSWER
      const jti = randomUUID()
      const content = {
        ...{ account, passwordJwe: await encrypted(password, key, jti), name },
        ...(settings.checksBalance && { amount: amount.amount.toString(), currency: amount.currency }),
      }
      const told = { operation: 'verify', correlation: jti, paymentId }
      const request = { method: 'POST', path: '/accounts/verify', content, jti } as const
      const answer = await ask(told, request, ({ status, body }) =>
        status === 200 ? readVerification(body) : NO_ANSWER,
      )
      return answer === 'unknown' ? NO_ANSWER : answer
    },

    async transfer({ transferId, accountRef, amount, reference, paymentId, repeat }) {
      const told = { operation: 'transfer', correlation: transferId, paymentId }
      const read = booked({ transferId, amount })
      const earlier = repeat ? await known(told, transferId, read) : 'unknown'
      if (earlier !== 'unknown') return earlier
      const content = {
        ...{ transferId, from: accountRef, to: settings.account },
        ...{ amount: amount.amount.toString(), currency: amount.currency, reference },
      }
      const answer = await ask(told, { method: 'POST', path: '/transfers', content }, read)
      return answer === 'unknown' ? NO_ANSWER : answer
    },

    async reverse({ reversalId, transferId, amount, paymentId, repeat }) {
      const told = { operation: 'reverse', correlation: reversalId, paymentId }
      const read = booked({ transferId, reversalId, amount })
      const listed = ({ status, body }: Said) => {
        const found = listedReversal(body, reversalId)
        return found === undefined ? ('unknown' as const) : read({ status, body: found })
      }
      const earlier = repeat ? await known(told, transferId, listed) : 'unknown'
      if (earlier !== 'unknown') return earlier
      const path = `/transfers/${encodeURIComponent(transferId)}/reverse`
      const content = { reversalId, amount: amount.amount.toString() }
      const answer = await ask(told, { method: 'POST', path, content }, read)
      return answer === 'unknown' ? NO_ANSWER : answer
    },
  }
}

const JSON_BODY = { GET: {}, POST: { 'content-type': 'application/json' } } as const

/** Good for this request only: its identifier is under the encryption's own protection. */
async function encrypted(password: string, { kid, alg, jwk }: EncryptionKey, jti: string): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(password))
    .setProtectedHeader({ alg, enc: 'A256GCM', kid, jti })
    .encrypt(await importJWK(jwk, alg))
}
