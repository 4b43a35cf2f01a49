import { randomInt } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { BankCode } from '../simulators/bank/catalogue'
import type { OutsideWorldClient } from '../simulators/client'
import { awake } from './shopper'
import type { ReaderWords } from './words'

/** An account that its bank has opened for one journey only. */
export interface TestAccount {
  readonly bank: BankCode
  readonly number: string
  readonly holder: string
  readonly password: string
}

interface Wanted {
  readonly bank?: BankCode
  /** Won. */
  readonly balance?: bigint
  readonly holder?: string
  readonly standing?: 'active' | 'suspended'
  readonly locked?: boolean
}

export async function openAccount(
  outsideWorld: OutsideWorldClient,
  { bank = 'gaon', balance = 1_000_000n, holder = '한지우', ...standing }: Wanted = {},
): Promise<TestAccount> {
  const number = `${bank === 'gaon' ? '9003' : '8003'}${String(randomInt(1e10)).padStart(10, '0')}`
  const password = String(randomInt(10_000)).padStart(4, '0')
  await outsideWorld.changeAccount(bank, { number, holder, password, balance: String(balance), ...standing })
  return { bank, number, holder, password }
}

/** What the bank has written down about an account: the other side's word, not ours. */
export async function statementOf(outsideWorld: OutsideWorldClient, { bank, number }: TestAccount) {
  const { accounts, transfers } = await outsideWorld.bankBook(bank)
  const booked = transfers.filter(({ account, state }) => account === number && state === 'booked')
  return {
    balance: BigInt(accounts.find((each) => each.number === number)?.balance ?? '0'),
    transferred: booked.map(({ amount }) => BigInt(amount)),
    back: booked.flatMap(({ reversals }) => reversals.map(({ amount }) => BigInt(amount))),
  }
}

/** At the checkout, chooses to pay from an account and fills its form in. */
export async function typeAccount(
  page: Page,
  { moa, language }: ReaderWords,
  { bank, number, holder, password }: TestAccount,
  names: Readonly<Record<BankCode, Readonly<Record<'ko' | 'en', string>>>> = BANK_NAMES,
): Promise<void> {
  const { bank: words } = moa
  const choice = page.getByRole('radio', { name: words.row })
  await awake(choice)
  await choice.check()
  await page.getByLabel(words.bank, { exact: true }).selectOption({ label: names[bank][language] })
  await page.getByLabel(words.account, { exact: true }).fill(number)
  await page.getByLabel(words.holder, { exact: true }).fill(holder)
  await page.getByLabel(words.password, { exact: true }).fill(password)
}

const BANK_NAMES = {
  gaon: { ko: '가온은행', en: 'Gaon Bank' },
  marubank: { ko: '마루은행', en: 'Maru Bank' },
} as const
