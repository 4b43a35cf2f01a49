import { readFileSync } from 'node:fs'
import type { IncomingMessage, RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import { isFromMoa, onlyCertifiedByMoa } from '../../sdk'

/** A second door for Moa's question alone, with certificates on both sides. */
export interface LineSettings {
  readonly port: number
  /** PEM files: the shop's key and certificate, and the authorities of Moa. */
  readonly key: string
  readonly certificate: string
  readonly authorities: string
}

/** Nobody else gets in, and whoever does can only ask for a confirmation. */
export function createLeasedLine(line: LineSettings, webUrl: string, serve: RequestListener): Server {
  const options = {
    key: readFileSync(line.key),
    cert: readFileSync(line.certificate),
    ...onlyCertifiedByMoa([readFileSync(line.authorities, 'utf8')]),
  }
  return createServer(options, (request, response) => {
    if (isConfirmation(request) && isFromMoa(request, webUrl)) serve(request, response)
    else response.writeHead(403).end()
  })
}

function isConfirmation({ method, url }: IncomingMessage): boolean {
  return method === 'POST' && url === '/moa/confirm'
}
