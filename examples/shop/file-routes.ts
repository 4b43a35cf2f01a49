import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Routes } from './routes'
import { Refusal, type Reply } from './visit'

/** Pretendard in slices: a browser loads only those whose characters are on the page. */
const FONT = createRequire(import.meta.url).resolve(
  'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css',
)

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#2f6b5a" d="M9 4h14l-2 4c6 2 9 7 9 12 0 6-6 9-14 9S2 26 2 20c0-5 3-10 9-12z"/></svg>`

/** Style, script, icon and font; nothing comes from elsewhere. */
export function fileRoutes(): Routes {
  const style = read('shop.css')
  const script = read('browser.js')
  return {
    'GET /shop.css': () => file('text/css; charset=utf-8', style),
    'GET /shop.js': () => file('text/javascript; charset=utf-8', script),
    'GET /icon.svg': () => file('image/svg+xml', ICON),
    'GET /font/pretendard.css': async () => file('text/css; charset=utf-8', await readFile(FONT), 86_400),
    'GET /font/woff2-dynamic-subset/:slice': async (_visit, { slice = '' }) => {
      if (!/^[A-Za-z0-9]+\.subset\.[0-9]{1,3}\.woff2$/.test(slice)) throw new Refusal(404, 'no such font')
      return file('font/woff2', await readFile(path.join(path.dirname(FONT), 'woff2-dynamic-subset', slice)), 86_400)
    },
  }
}

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}

function file(type: string, body: string | Buffer, keepForS = 0): Reply {
  const headers = { 'cache-control': keepForS > 0 ? `public, max-age=${keepForS}` : 'no-cache' }
  return { kind: 'answer', status: 200, type, body, headers }
}
