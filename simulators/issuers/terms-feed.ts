/** The terms feeds: `GET {base}/terms/{bin}` with ETag and If-None-Match (issuer terms feed profile). */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ControlAnswer, ControlRequest, Routes } from '../control/router'
import { Refusal } from '../control/router'
import type { RunningIssuer } from './issuer-routes'
import type { PublishedTerms } from './terms'
import { termsOn } from './terms'

/** A change of published terms by hand: any members of them, kept as given, so that a feed can be wrong on purpose too. */
const termsChange = z.strictObject({
  bin: z.string().regex(/^[0-9]{6}$/),
  terms: z.record(z.string(), z.unknown()).nullable(),
})

export interface TermsFeed {
  readonly routes: Routes
  reset(): void
}

function listed(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.split(',').some((each) => {
    const tag = each.trim()
    return tag === '*' || tag === etag || tag === `W/${etag}`
  })
}

export function termsFeed(all: readonly RunningIssuer[]): TermsFeed {
  const changes = new Map<string, Record<string, unknown>>()
  const find = (code: string | undefined) => all.find(({ issuer }) => issuer.profile.code === code)?.issuer

  const published = (bin: string): (PublishedTerms & Record<string, unknown>) | undefined => {
    const terms = termsOn(new Date()).get(bin)
    return terms && { ...terms, ...changes.get(bin) }
  }

  const serve = ({ params, header }: ControlRequest): ControlAnswer => {
    const terms = published(params.bin ?? '')
    if (!terms || find(params.code)?.profile.bins.includes(terms.bin) !== true)
      throw new Refusal(404, 'no such product')
    const text = JSON.stringify(terms)
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
    const headers = { etag, 'cache-control': 'no-cache' }
    if (listed(header('if-none-match'), etag)) return { raw: (response) => void response.writeHead(304, headers).end() }
    return { text, type: 'application/json', headers }
  }

  const serveOrMisbehave = async (request: ControlRequest): Promise<ControlAnswer> => {
    const deed = find(request.params.code)?.switchFor('terms', undefined)
    switch (deed?.kind) {
      case undefined:
        return serve(request)
      case 'late':
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, deed.ms).unref())
        return serve(request)
      case 'stall':
        return { raw: () => undefined }
      case 'drop-before':
      case 'drop-after':
      case 'lose-answer':
        return { raw: (response) => response.destroy() }
      case 'decline':
        return { status: 503, json: { error: 'unavailable' } }
      default:
        return { text: '{"issuer":', type: 'application/json' }
    }
  }

  return {
    routes: {
      'GET /issuers/:code/terms/:bin': serveOrMisbehave,
      'POST /api/issuers/:code/terms': ({ params, body }) => {
        const { bin, terms } = termsChange.parse(body)
        if (find(params.code)?.profile.bins.includes(bin) !== true) throw new Refusal(404, 'no such product')
        if (terms === null) changes.delete(bin)
        else changes.set(bin, terms)
        return { json: published(bin) }
      },
    },
    reset: () => changes.clear(),
  }
}
