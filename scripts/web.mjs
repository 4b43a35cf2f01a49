/**
 * `node scripts/web.mjs -p 3000`: Next's own start, whose server waits for a request no longer than the api process does
 * (P10.1). Next lets nobody set that.
 */
import { createRequire } from 'node:module'
import { WAITING } from '../lib/http/waiting.mjs'
import { boundServers } from './bound-servers.mjs'

boundServers(WAITING)
process.argv.splice(2, 0, 'start')
createRequire(import.meta.url)('next/dist/bin/next')
