import type { OutsideWorldClient } from '../simulators/client'
import { expect } from './fixtures'

/** The worker sends them; on a busy machine not at once. */
const SOON = { timeout: 40_000 }

interface Told {
  readonly id: string
  readonly text: string
}

/** Asks until something says it, whatever else comes before or after; answers the newest that does. */
async function told<One extends Told>(all: () => Promise<readonly One[]>, saying: string | RegExp, where: string) {
  const wanted =
    typeof saying === 'string' ? (text: string) => text.includes(saying) : (text: string) => saying.test(text)
  let found: One | undefined
  await expect(async () => {
    const texts = await all()
    found = texts.find(({ text }) => wanted(text))
    expect(
      found,
      `${where}: ${texts.map(({ text }) => text).join('\n')} – nothing says ${String(saying)}`,
    ).toBeDefined()
  }).toPass(SOON)
  return found!
}

/**
 * Waits for a mail to somebody that says something.
 * @param after only what came after the mail with this id
 */
export function mailTo(outsideWorld: OutsideWorldClient, to: string, saying: string | RegExp, after?: string) {
  return told(() => outsideWorld.mail({ to, ...(after && { after }) }), saying, `mails to ${to}`)
}

/**
 * Waits for a text on a telephone that says something.
 * @param after only what came after the text with this id
 */
export function textOn(outsideWorld: OutsideWorldClient, to: string, saying: string | RegExp, after?: string) {
  return told(() => outsideWorld.sms({ to, ...(after && { after }) }), saying, `texts on ${to}`)
}
