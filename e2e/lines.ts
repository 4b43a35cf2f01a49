import { randomInt } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { OutsideWorldClient } from '../simulators/client'
import type { LineChange } from '../simulators/telco/line-change'
import { expect } from './fixtures'
import { awake } from './shopper'
import type { ReaderWords } from './words'

/** A line that its telephone company has given out for one journey only. */
export interface TestLine {
  /** E.164 */
  readonly number: string
  /** As people type it. */
  readonly typed: string
  readonly name: string
  readonly birthDate: string
}

export async function giveOutLine(
  outsideWorld: OutsideWorldClient,
  change: Pick<LineChange, 'standing' | 'overdue'> = {},
): Promise<TestLine> {
  const digits = String(randomInt(1e8)).padStart(8, '0')
  const number = `+8210${digits}`
  const holder = { name: '한지우', birthDate: '1990-04-12' }
  await outsideWorld.changeLine('baram', { number, standing: 'active', monthlyCap: '400000', ...holder, ...change })
  return { number, typed: `010-${digits.slice(0, 4)}-${digits.slice(4)}`, ...holder }
}

/** The digits of the newest code that reached a telephone; waits for one that is newer than `after`. */
export async function codeFor(
  outsideWorld: OutsideWorldClient,
  { number }: Pick<TestLine, 'number'>,
  after?: string,
): Promise<{ readonly id: string; readonly digits: string }> {
  const [message] = await outsideWorld.sms({ to: number, waitMs: 20_000, ...(after && { after }) })
  const digits = /\b[0-9]{6}\b/.exec(message?.text ?? '')?.[0]
  if (!message || !digits) throw new Error(`no code reached ${number}: ${message?.text}`)
  return { id: message.id, digits }
}

/** At the checkout, chooses the phone bill and types in a line; it is not sent yet. */
export async function typeLine(page: Page, { moa: { phone } }: ReaderWords, line: TestLine): Promise<void> {
  const row = page.getByRole('radio', { name: phone.row })
  await awake(row)
  await row.check()
  await page.getByRole('textbox', { name: phone.number, exact: true }).fill(line.typed)
  await page.getByLabel(phone.holder).fill(line.name)
  await page.getByLabel(phone.birthDate).fill(line.birthDate)
}

/** Agrees, and asks for the code. */
export async function askForCode(page: Page, { moa: { phone } }: ReaderWords): Promise<void> {
  await page.getByRole('checkbox').last().check()
  await page.getByRole('button', { name: phone.send, exact: true }).click()
}

/** Types the code; it is checked by itself. */
export async function typeCode(page: Page, { moa: { phone } }: ReaderWords, digits: string): Promise<void> {
  const field = page.getByLabel(phone.code)
  await expect(field).toBeEditable()
  await field.fill(digits)
}

/** Proves control of a typed line at the checkout. */
export async function proveLine(
  page: Page,
  words: ReaderWords,
  { line, outsideWorld }: { readonly line: TestLine; readonly outsideWorld: OutsideWorldClient },
): Promise<void> {
  await typeLine(page, words, line)
  await askForCode(page, words)
  await typeCode(page, words, (await codeFor(outsideWorld, line)).digits)
  await expect(page.getByText(words.moa.phone.proved)).toBeVisible()
}
