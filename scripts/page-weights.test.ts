import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { describeWeights, overBudget } from './page-budgets'
import { pageWeights } from './page-weights'
import { temporaryFolder } from './temporary-folder'

const folder = temporaryFolder('moa-page-weights')
afterAll(() => folder.remove())

function put(file: string, text: string): number {
  const whole = path.join(folder.path, file)
  mkdirSync(path.dirname(whole), { recursive: true })
  writeFileSync(whole, text)
  return gzipSync(text).length
}

function putPage(address: string, entryJSFiles: Record<string, string[]>) {
  put(
    `server/app${address}/page_client-reference-manifest.js`,
    `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};\nglobalThis.__RSC_MANIFEST["${address}/page"] = ${JSON.stringify({ clientModules: { 'a] = {': {} }, entryJSFiles })};`,
  )
}

test('a page weighs what all pages share and what its own parts bring, each file once', () => {
  const shared = put('static/shared.js', 'shared '.repeat(500))
  const layout = put('static/layout.js', `layout ${'abc'.repeat(300)}`)
  const own = put('static/own.js', `own ${'xyz'.repeat(900)}`)
  put('static/broken.js', 'only when everything failed')
  put('static/look.css', 'a style sheet')
  put('build-manifest.json', JSON.stringify({ polyfillFiles: ['static/none.js'], rootMainFiles: ['static/shared.js'] }))
  putPage('/(shop)/pay/[paymentId]', {
    '[project]/app/layout': ['static/layout.js', 'static/look.css'],
    '[project]/app/global-error': ['static/broken.js'],
    '[project]/app/pay/page': ['static/layout.js', 'static/own.js'],
  })
  putPage('/docs', { '[project]/app/layout': ['static/layout.js'] })

  expect(pageWeights(folder.path)).toEqual([
    { page: '/pay/[paymentId]', bytes: shared + layout + own },
    { page: '/docs', bytes: shared + layout },
  ])
})

test('the checkout stays under 150 KiB and every other page under 250 KiB', () => {
  const [checkout, other] = ['/pay/[paymentId]', '/merchant']
  const weigh = (pay: number, merchant: number) =>
    overBudget([
      { page: checkout, bytes: pay * 1024 },
      { page: other, bytes: merchant * 1024 },
    ])
  expect(weigh(149.9, 249.9)).toEqual([])
  expect(weigh(150, 249.9)).toEqual(['/pay/[paymentId] loads 150.0 KiB of JavaScript; it must stay under 150.0 KiB.'])
  expect(weigh(149.9, 251)).toEqual(['/merchant loads 251.0 KiB of JavaScript; it must stay under 250.0 KiB.'])
})

test('a build without the checkout is not taken for a light one', () => {
  expect(overBudget([{ page: '/docs', bytes: 1 }])).toHaveLength(1)
})

test('the heaviest pages are named, and the checkout wherever it stands', () => {
  const weights = Array.from({ length: 12 }, (_, index) => ({ page: `/page-${index}`, bytes: (200 - index) * 1024 }))
  const lines = describeWeights([...weights, { page: '/pay/[paymentId]', bytes: 1024 }], 3).split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toContain('200.0 KiB  /page-0')
  expect(lines[3]).toContain('/pay/[paymentId]')
})
