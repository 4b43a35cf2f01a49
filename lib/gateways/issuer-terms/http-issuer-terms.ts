import type { Clock } from '../../clock'
import type { IssuerTerms, KnownTerms, PublishedTerms } from './issuer-terms'
import { readTerms } from './read-terms'

export interface TermsFeedSettings {
  /** Our short name of the issuer. */
  readonly code: string
  /** Address before `/terms/{bin}`; absent where an issuer has no feed. */
  readonly termsUrl?: string | undefined
}

export interface TermsFeedOptions {
  readonly clock: Clock
  /** Older terms are asked for again before they are used; 15 minutes by the profile. */
  readonly maxAgeMs?: number
  /** What a proposal waits for a feed at most. */
  readonly timeLimitMs?: number
  /** Pause after a failure, so that a feed that hangs does not slow every proposal down. */
  readonly pauseMs?: number
}

interface Remembered {
  readonly url: string
  readonly issuer: string
  readonly bin: string
  terms?: PublishedTerms
  etag?: string | undefined
  confirmedAt?: Date
  failedAt?: Date | undefined
  asking?: Promise<void> | undefined
}

const LARGEST_DOCUMENT = 65_536
const LARGEST_ETAG = 256

/** The terms feeds over HTTP with ETag (specs: issuer terms feed). Remembered in memory: a copy of what others publish. */
export function createIssuerTerms(
  issuers: readonly TermsFeedSettings[],
  { clock, maxAgeMs = 15 * 60_000, timeLimitMs = 2_000, pauseMs = 30_000 }: TermsFeedOptions,
): IssuerTerms {
  const bases = new Map(issuers.flatMap(({ code, termsUrl }) => (termsUrl === undefined ? [] : [[code, termsUrl]])))
  const memory = new Map<string, Remembered>()

  function recall(issuer: string, bin: string): Remembered | undefined {
    const base = bases.get(issuer)
    if (base === undefined || !/^[0-9]{4,11}$/.test(bin)) return undefined
    const url = `${base.replace(/\/+$/, '')}/terms/${bin}`
    const found = memory.get(url) ?? { url, issuer, bin }
    memory.set(url, found)
    return found
  }

  const isYoungerThan = (at: Date | undefined, ms: number) =>
    at !== undefined && clock.now().getTime() - at.getTime() < ms

  async function ask(about: Remembered): Promise<void> {
    const heard = await fetchTerms(about, timeLimitMs)
    if (!heard) {
      about.failedAt = clock.now()
      return
    }
    if (heard.kind === 'changed') {
      about.terms = heard.terms
      about.etag = heard.etag
    }
    about.confirmedAt = clock.now()
    about.failedAt = undefined
  }

  return {
    publishes: (issuer) => bases.has(issuer),
    async of(issuer, bin) {
      const about = recall(issuer, bin)
      if (!about) return undefined
      if (!isYoungerThan(about.confirmedAt, maxAgeMs) && !isYoungerThan(about.failedAt, pauseMs)) {
        about.asking ??= ask(about).finally(() => (about.asking = undefined))
        await about.asking
      }
      return known(about)
    },
  }
}

function known({ terms, confirmedAt, failedAt }: Remembered): KnownTerms | undefined {
  return terms && confirmedAt && { terms, confirmedAt, isSilent: failedAt !== undefined }
}

type Heard = { kind: 'unchanged' } | { kind: 'changed'; terms: PublishedTerms; etag: string | undefined }

/** One request; undefined for anything but a usable answer. */
async function fetchTerms(about: Remembered, timeLimitMs: number): Promise<Heard | undefined> {
  const { url, etag, terms } = about
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json', ...(terms && etag !== undefined && { 'if-none-match': etag }) },
      redirect: 'error',
      signal: AbortSignal.timeout(timeLimitMs),
    })
    if (response.status === 304 && terms) return { kind: 'unchanged' }
    const isJson = /^application\/json(?:;|$)/i.test(response.headers.get('content-type') ?? '')
    const document = response.status === 200 && isJson ? await readBounded(response) : await discard(response)
    const read = document === undefined ? undefined : readTerms(document, about)
    return read && { kind: 'changed', terms: read, etag: usableEtag(response.headers.get('etag')) }
  } catch {
    // Refused, cut, too late or not UTF-8: whatever it was, the last good terms stay in use.
    return undefined
  }
}

function usableEtag(etag: string | null): string | undefined {
  return etag !== null && etag.length <= LARGEST_ETAG ? etag : undefined
}

async function discard(response: Response): Promise<undefined> {
  await response.body?.cancel()
}

async function readBounded(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let document = ''
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > LARGEST_DOCUMENT) return undefined
    document += decoder.decode(chunk, { stream: true })
  }
  return document + decoder.decode()
}
