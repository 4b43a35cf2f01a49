import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { anchorOf, headingsOf, Markdown, titleOf } from './markdown'

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

test('the title is left to the page, and every part has an anchor in its own script', () => {
  const text = '# 상점 시작하기\n\n## 1. 키와 주소\n\n### small\n\n## What, now?\n'
  expect(titleOf(text)).toBe('상점 시작하기')
  expect(headingsOf(text)).toEqual([
    { id: '1-키와-주소', text: '1. 키와 주소' },
    { id: 'what-now', text: 'What, now?' },
  ])
  expect(html(text)).not.toContain('<h1')
  expect(html(text)).toContain(`id="${anchorOf('1. 키와 주소')}"`)
})

test('lists, tables, code, links and pictures become elements', () => {
  const shown = html(
    [
      '3. third\n4. fourth **bold** `code`',
      '| a | b |\n|---|---|\n| *one* | [two](/docs/api) |',
      '```ts\nif (a < b) c()\n```',
      '![A picture](/x.png)',
      '> Mind this.',
    ].join('\n\n'),
  )
  expect(shown).toContain('start="3"')
  expect(shown).toMatch(/<strong[^>]*>bold<\/strong>/)
  expect(shown).toMatch(/<em>one<\/em>/)
  expect(shown).toContain('href="/docs/api"')
  expect(shown).toContain('if (a &lt; b) c()')
  expect(shown).toContain('alt="A picture"')
  expect(shown).toContain('Mind this.')
})

test('HTML in a guide is text, never markup', () => {
  expect(html('Before <script>alert(1)</script> after\n\n<b onclick="x">bold</b>')).not.toMatch(/<script|<b onclick/)
})
