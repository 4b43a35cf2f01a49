import { expect } from 'vitest'

/**
 * Secrets stand nowhere in what a query has found (P8.1): not as they are, and not as the hexadecimal digits that a column
 * of bytes is printed in, whether they went into it as text or as base64 of a longer text.
 */
export function expectNowhere(rows: readonly { kept: string | null }[], ...secrets: readonly string[]): void {
  // Where nothing was found, nothing would be shown.
  expect(rows).not.toEqual([])
  const kept = rows.map((row) => row.kept).join('\n')
  for (const form of secrets.flatMap(formsOf)) expect(kept).not.toContain(form)
}

function formsOf(secret: string): string[] {
  const texts = [secret, ...[0, 1, 2].map((before) => base64Within(secret, before))]
  return texts.flatMap((text) => [text, Buffer.from(text).toString('hex')])
}

/** What base64 makes of a text, whatever stands around it, when so many bytes of its group of three stand before it. */
function base64Within(text: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)])
  const digits = Math.floor((bytes.length * 8) / 6)
  return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), digits)
}
