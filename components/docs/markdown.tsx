import { lexer, type Token, type Tokens } from 'marked'
import Image from 'next/image'
import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { Notice } from '../ui/notice'
import { Table, TableCell, TableHead, TableRow } from '../ui/table'

/** How large every picture of a guide is. */
const PICTURE = { width: 1200, height: 750 }

interface Heading {
  readonly id: string
  readonly text: string
}

/** The name by which a heading is linked to: its own words, in any script. */
export function anchorOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
}

/** The parts of a guide, for its table of contents. */
export function headingsOf(markdown: string): Heading[] {
  return lexer(markdown).flatMap((token) =>
    token.type === 'heading' && token.depth === 2 ? [{ id: anchorOf(plain(token)), text: plain(token) }] : [],
  )
}

/** A guide's first heading, which is its title. */
export function titleOf(markdown: string): string {
  const first = lexer(markdown).find((token) => token.type === 'heading')
  return first ? plain(first) : ''
}

/** Text in Markdown as elements of ours; its title is left to the page. Raw HTML is shown as the text that it is. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="flex flex-col gap-4 text-ink-soft">{blocks(lexer(text).filter((token) => !isTitle(token)))}</div>
  )
}

const isTitle = (token: Token) => token.type === 'heading' && token.depth === 1

function plain(token: Token): string {
  if ('tokens' in token && token.tokens) return token.tokens.map(plain).join('')
  return 'text' in token ? String(token.text) : ''
}

function blocks(tokens: readonly Token[]): ReactNode[] {
  return tokens.map((token, index) => <Fragment key={index}>{block(token)}</Fragment>)
}

function block(token: Token): ReactNode {
  switch (token.type) {
    case 'heading':
      return heading(token as Tokens.Heading)
    case 'paragraph':
      return <p className="leading-relaxed">{inlines(token.tokens)}</p>
    case 'text':
      return token.tokens ? inlines(token.tokens) : String(token.text)
    case 'code':
      return (
        <pre className="overflow-x-auto rounded-lg bg-sunken p-4 text-sm text-ink ring-1 ring-line" tabIndex={0}>
          <code>{String(token.text)}</code>
        </pre>
      )
    case 'list':
      return list(token as Tokens.List)
    case 'table':
      return table(token as Tokens.Table)
    case 'blockquote':
      return <Notice>{blocks(token.tokens ?? [])}</Notice>
    case 'hr':
      return <hr className="border-line" />
    case 'space':
      return null
    default:
      return String(token.raw)
  }
}

function heading(token: Tokens.Heading): ReactNode {
  const id = anchorOf(plain(token))
  return token.depth <= 2 ? (
    <h2 id={id} className="mt-6 scroll-mt-6 text-xl font-semibold text-ink">
      {inlines(token.tokens)}
    </h2>
  ) : (
    <h3 id={id} className="mt-2 scroll-mt-6 font-semibold text-ink">
      {inlines(token.tokens)}
    </h3>
  )
}

function list({ ordered, items, start }: Tokens.List): ReactNode {
  const rows = items.map((item, index) => <li key={index}>{blocks(item.tokens)}</li>)
  return ordered ? (
    <ol className="flex list-decimal flex-col gap-2 pl-6 marker:text-ink-faint" start={start === '' ? 1 : start}>
      {rows}
    </ol>
  ) : (
    <ul className="flex list-disc flex-col gap-2 pl-6 marker:text-ink-faint">{rows}</ul>
  )
}

function table({ header, rows }: Tokens.Table): ReactNode {
  return (
    <Table aria-label={header.map(({ text }) => text).join(', ')}>
      <thead>
        <tr>
          {header.map((cell, index) => (
            <TableHead key={index}>{inlines(cell.tokens)}</TableHead>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <TableRow key={index}>
            {row.map((cell, column) => (
              <TableCell key={column} className="align-top">
                {inlines(cell.tokens)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}

function inlines(tokens: readonly Token[] | undefined): ReactNode[] {
  return (tokens ?? []).map((token, index) => <Fragment key={index}>{inline(token)}</Fragment>)
}

function inline(token: Token): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong className="font-semibold text-ink">{inlines(token.tokens)}</strong>
    case 'em':
      return <em>{inlines(token.tokens)}</em>
    case 'codespan':
      return <code className="rounded-sm bg-sunken px-1 py-0.5 text-[0.9em] text-ink">{String(token.text)}</code>
    case 'link':
      return (
        <Link className="font-medium text-accent underline-offset-2 hover:underline" href={String(token.href)}>
          {inlines(token.tokens)}
        </Link>
      )
    case 'image':
      // Pictures are of this very program, and small already.
      return (
        <Image
          className="h-auto w-full rounded-lg ring-1 ring-line"
          src={String(token.href)}
          alt={String(token.text)}
          {...PICTURE}
          unoptimized
        />
      )
    case 'br':
      return <br />
    case 'escape':
    case 'text':
      return 'tokens' in token && token.tokens ? inlines(token.tokens) : String(token.text)
    default:
      return String(token.raw)
  }
}
