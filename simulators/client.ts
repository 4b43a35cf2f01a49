/** Steers an outside world from tests, journeys and benchmarks; starts one as a process of its own. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { AccountChange } from './bank/account-change'
import type { BankBook } from './bank/bank-routes'
import type { BankCode } from './bank/catalogue'
import type { BankSwitch } from './bank/deeds'
import type { PaidIn } from './bank-files/credits'
import type { DebitView } from './bank-files/debit-routes'
import type { DebitSwitch } from './bank-files/debits'
import type { FileBankState } from './bank-files/file-bank-routes'
import type { PaidTransfer, PayoutSwitch } from './bank-files/payout-desk'
import type { StatementWish } from './bank-files/statements'
import type { CentreBill, CentreState } from './billing-centre/centre-routes'
import type { CentreSwitch } from './billing-centre/centre'
import type { BookView } from './issuers/book-view'
import type { CardChange } from './issuers/card-change'
import type { IssuerCode } from './issuers/catalogue'
import type { IssuerSwitch } from './issuers/deeds'
import type { InboxFilter } from './inbox'
import type { Mail } from './mail/inbox'
import type { MailSwitch } from './mail/smtp'
import type { PhoneMessage } from './sms/phone-inbox'
import type { SmsSwitch } from './sms/smsc'
import type { TelcoCode } from './telco/catalogue'
import type { TelcoSwitch } from './telco/deeds'
import type { LineChange } from './telco/line-change'
import type { TelcoBook, TelcoBookFilter } from './telco/telco-routes'
import type { Ready, WorldState } from './world'

/** What can be asked of any running outside world. Every call throws when the world refuses it, with the world's words. */
export interface OutsideWorldClient {
  /** Address of the page and the control API, without a slash at the end. */
  readonly url: string
  state(): Promise<WorldState>
  /** An issuer's book, newest movements first. */
  book(issuer: IssuerCode, filter?: { card?: string; vcard?: string; rrn?: string; limit?: number }): Promise<BookView>
  /** Makes an issuer misbehave: for the next `times` matching messages, or until cleared. */
  switch(issuer: IssuerCode, wanted: IssuerSwitch): Promise<{ id: number }>
  /** Clears one switch, or all of the issuer. */
  clearSwitches(issuer: IssuerCode, id?: number): Promise<void>
  /** Cuts every connection to the issuer. */
  disconnect(issuer: IssuerCode): Promise<void>
  /** Lets open holds lapse as if their seven days were over; the number that did. */
  lapse(issuer: IssuerCode, wanted?: { rrn?: string; card?: string }): Promise<number>
  /** Gives out a new card, or changes one. */
  changeCard(issuer: IssuerCode, change: CardChange): Promise<void>
  /** Overrides members of a product's published terms; null takes the override back. */
  changeTerms(issuer: IssuerCode, bin: string, terms: Record<string, unknown> | null): Promise<void>
  /** Subscribers and requests of a customer management system, newest first. */
  telcoBook(telco: TelcoCode, filter?: TelcoBookFilter): Promise<TelcoBook>
  telcoSwitch(telco: TelcoCode, wanted: TelcoSwitch): Promise<{ id: number }>
  clearTelcoSwitches(telco: TelcoCode, id?: number): Promise<void>
  /** Cuts every connection to the system. */
  disconnectTelco(telco: TelcoCode): Promise<void>
  /** Gives out a new line or calling card, or changes one. */
  changeLine(telco: TelcoCode, change: LineChange): Promise<void>
  /** Accounts, transfers and inquiries of a bank, newest first. */
  bankBook(bank: BankCode): Promise<BankBook>
  bankSwitch(bank: BankCode, wanted: BankSwitch): Promise<{ id: number }>
  clearBankSwitches(bank: BankCode): Promise<void>
  /** Opens an account, or changes one. */
  changeAccount(bank: BankCode, change: AccountChange): Promise<void>
  /** Tells the banks whose signatures they are to believe. */
  tellBanks(jwks: { readonly keys: readonly object[] }): Promise<void>
  /** What a bank's file desk has received and put out. */
  fileBank(code: string): Promise<FileBankState>
  /** People pay in by giro; the bank puts one credit advice out with all of them: its name. */
  payIn(code: string, payments: readonly PaidIn[]): Promise<string>
  /** Puts a file out as it stands. */
  putOut(code: string, name: string, content: string): Promise<void>
  /** What a bank was asked to pay to merchants and what became of it, the newest first. */
  paidOut(code: string): Promise<readonly PaidTransfer[]>
  payoutSwitch(code: string, wanted: PayoutSwitch): Promise<{ id: number }>
  /** A payout comes back days after it was paid. */
  sendBackPayout(code: string, reference: string): Promise<void>
  /** The bank puts out its statement (camt.053) of what it has booked since the last one: the name of the file. */
  stateAccount(code: string, wish?: StatementWish): Promise<string>
  /** Makes the line to a bank's file server fail. */
  fileBankSwitch(code: string, wanted: { do: 'down' | 'cut' | 'stall'; times?: number }): Promise<{ id: number }>
  /** What a billing centre has received and answered. */
  centre(code: string): Promise<CentreState>
  /** What is on the bills that a billing centre makes. */
  bills(code: string): Promise<CentreBill[]>
  centreFile(code: string, name: string): Promise<string>
  /** What is to become of a purchase when its month is collected: U is unpaid, W written off. */
  wish(code: string, tid: string, result: CentreBill['result']): Promise<void>
  /** Puts out the results of a month; the name of the file. */
  collect(code: string, month?: string): Promise<string>
  /** Puts out the acknowledgements that were kept back. */
  answerFiles(code: string): Promise<void>
  centreSwitch(code: string, wanted: Partial<CentreSwitch> & Pick<CentreSwitch, 'do'>): Promise<{ id: number }>
  clearCentreSwitches(code: string): Promise<void>
  bankFile(code: string, name: string): Promise<string>
  /** Makes the line to a bank's file desk fail. */
  bankFilesSwitch(code: string, wanted: { do: 'down' | 'cut' | 'stall'; times?: number }): Promise<void>
  /** Direct debits that a bank was sent, oldest first. */
  debits(code: string): Promise<DebitView[]>
  debitSwitch(code: string, wanted: DebitSwitch): Promise<void>
  /** Puts out the reports that were kept back. */
  answerDebits(code: string): Promise<void>
  /** Has the payer's bank take a collected debit back. */
  takeBackDebit(code: string, reference: string, reason?: string): Promise<void>
  /** Mails, newest first; with `waitMs`, waits for the first matching one. */
  mail(filter?: InboxFilter & { waitMs?: number }): Promise<Mail[]>
  /** SMS and calls that reached a telephone, newest first; with `waitMs`, waits for the first matching one. */
  sms(filter?: InboxFilter & { waitMs?: number }): Promise<PhoneMessage[]>
  smsSwitch(wanted: SmsSwitch): Promise<{ id: number }>
  clearSmsSwitches(): Promise<void>
  mailSwitch(wanted: MailSwitch): Promise<{ id: number }>
  clearMailSwitches(): Promise<void>
  /** Books, inbox and switches as on the first day. */
  reset(): Promise<void>
}

export interface OutsideWorld extends OutsideWorldClient {
  readonly ports: { readonly web: number; readonly smtp: number; readonly sftp: number }
  readonly issuers: Ready['issuers']
  /** The SMS centre, user and password included. */
  readonly smscUrl: string
  readonly telcos: Ready['telcos']
  readonly billing: Ready['billing']
  readonly banks: Ready['banks']
  readonly fileBanks: Ready['fileBanks']
  readonly pid: number
  /** Ends it in good order. */
  stop(): Promise<void>
  /** Ends it with SIGKILL, as a power cut would. */
  kill(): Promise<void>
}

export interface StartOptions {
  /** Keeps books and mails in this folder; without one nothing is kept. */
  readonly folder?: string
  /** How long issuers wait with every answer; 0 unless said. */
  readonly delayMs?: number
  /** Fixed ports; free ones unless said. */
  readonly ports?: {
    readonly web?: number
    readonly smtp?: number
    readonly smsc?: number
    readonly sftp?: number
    readonly bank?: number
    readonly issuers?: readonly number[]
    readonly telcos?: readonly number[]
  }
}

/** Speaks to an outside world that is running already. */
export function outsideWorldAt(url: string): OutsideWorldClient {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(url + path, {
      method,
      ...(method !== 'GET' && { headers: { 'content-type': 'application/json' } }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`outside world: ${method} ${path}: ${response.status} ${JSON.stringify(answer)}`)
    return answer
  }
  const query = (values: Record<string, unknown>) => {
    const given = Object.entries(values).filter(([, value]) => value !== undefined)
    return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  }
  return {
    url,
    state: async () => (await call('GET', '/api/state')) as WorldState,
    book: async (issuer, filter = {}) =>
      (await call('GET', `/api/issuers/${issuer}/book?${query(filter)}`)) as BookView,
    switch: async (issuer, wanted) => (await call('POST', `/api/issuers/${issuer}/switches`, wanted)) as { id: number },
    clearSwitches: async (issuer, id) =>
      void (await call('DELETE', `/api/issuers/${issuer}/switches${id === undefined ? '' : `/${id}`}`)),
    disconnect: async (issuer) => void (await call('POST', `/api/issuers/${issuer}/disconnect`)),
    lapse: async (issuer, wanted = {}) =>
      ((await call('POST', `/api/issuers/${issuer}/lapse`, wanted)) as { lapsed: number }).lapsed,
    changeCard: async (issuer, change) => void (await call('POST', `/api/issuers/${issuer}/cards`, change)),
    changeTerms: async (issuer, bin, terms) =>
      void (await call('POST', `/api/issuers/${issuer}/terms`, { bin, terms })),
    telcoBook: async (telco, filter = {}) =>
      (await call('GET', `/api/telcos/${telco}/book?${query(filter)}`)) as TelcoBook,
    telcoSwitch: async (telco, wanted) =>
      (await call('POST', `/api/telcos/${telco}/switches`, wanted)) as { id: number },
    clearTelcoSwitches: async (telco, id) =>
      void (await call('DELETE', `/api/telcos/${telco}/switches${id === undefined ? '' : `/${id}`}`)),
    disconnectTelco: async (telco) => void (await call('POST', `/api/telcos/${telco}/disconnect`)),
    changeLine: async (telco, change) => void (await call('POST', `/api/telcos/${telco}/lines`, change)),
    bankBook: async (bank) => (await call('GET', `/api/banks/${bank}/book`)) as BankBook,
    bankSwitch: async (bank, wanted) => (await call('POST', `/api/banks/${bank}/switches`, wanted)) as { id: number },
    clearBankSwitches: async (bank) => void (await call('DELETE', `/api/banks/${bank}/switches`)),
    changeAccount: async (bank, change) => void (await call('POST', `/api/banks/${bank}/accounts`, change)),
    tellBanks: async (jwks) => void (await call('POST', '/api/banks/gateway-keys', jwks)),
    fileBank: async (code) => (await call('GET', `/api/bank-files/${code}`)) as FileBankState,
    payIn: async (code, payments) =>
      ((await call('POST', `/api/bank-files/${code}/credits`, { payments })) as { name: string }).name,
    putOut: async (code, name, content) =>
      void (await call('POST', `/api/bank-files/${code}/files`, { name, content })),
    paidOut: async (code) =>
      ((await call('GET', `/api/bank-files/${code}/payouts`)) as { payouts: PaidTransfer[] }).payouts,
    payoutSwitch: async (code, wanted) =>
      (await call('POST', `/api/bank-files/${code}/payout-switches`, wanted)) as { id: number },
    sendBackPayout: async (code, reference) =>
      void (await call('POST', `/api/bank-files/${code}/payouts/${reference}/back`)),
    stateAccount: async (code, wish = {}) =>
      ((await call('POST', `/api/bank-files/${code}/statements`, wish)) as { name: string }).name,
    fileBankSwitch: async (code, wanted) =>
      (await call('POST', `/api/bank-files/${code}/switches`, wanted)) as { id: number },
    centre: async (code) => (await call('GET', `/api/billing/${code}`)) as CentreState,
    bills: async (code) => ((await call('GET', `/api/billing/${code}/bills`)) as { bills: CentreBill[] }).bills,
    centreFile: async (code, name) => (await fetch(`${url}/api/billing/${code}/files/${name}`)).text(),
    wish: async (code, tid, result) => void (await call('POST', `/api/billing/${code}/bills/${tid}`, { result })),
    collect: async (code, month) =>
      ((await call('POST', `/api/billing/${code}/collect`, month === undefined ? {} : { month })) as { name: string })
        .name,
    answerFiles: async (code) => void (await call('POST', `/api/billing/${code}/answer`)),
    centreSwitch: async (code, wanted) =>
      (await call('POST', `/api/billing/${code}/switches`, wanted)) as { id: number },
    clearCentreSwitches: async (code) => void (await call('DELETE', `/api/billing/${code}/switches`)),
    bankFile: async (code, name) => (await fetch(`${url}/api/bank-files/${code}/files/${name}`)).text(),
    bankFilesSwitch: async (code, wanted) => void (await call('POST', `/api/bank-files/${code}/switches`, wanted)),
    debits: async (code) => ((await call('GET', `/api/bank-files/${code}/debits`)) as { debits: DebitView[] }).debits,
    debitSwitch: async (code, wanted) => void (await call('POST', `/api/bank-files/${code}/debit-switches`, wanted)),
    answerDebits: async (code) => void (await call('POST', `/api/bank-files/${code}/debit-answers`)),
    takeBackDebit: async (code, reference, reason) =>
      void (await call('POST', `/api/bank-files/${code}/debits/${reference}`, reason ? { code: reason } : {})),
    mail: async ({ waitMs, ...filter } = {}) =>
      ((await call('GET', `/api/mail?${query({ ...filter, wait: waitMs })}`)) as { mails: Mail[] }).mails,
    sms: async ({ waitMs, ...filter } = {}) =>
      ((await call('GET', `/api/sms?${query({ ...filter, wait: waitMs })}`)) as { messages: PhoneMessage[] }).messages,
    smsSwitch: async (wanted) => (await call('POST', '/api/sms/switches', wanted)) as { id: number },
    clearSmsSwitches: async () => void (await call('DELETE', '/api/sms/switches')),
    mailSwitch: async (wanted) => (await call('POST', '/api/mail/switches', wanted)) as { id: number },
    clearMailSwitches: async () => void (await call('DELETE', '/api/mail/switches')),
    reset: async () => void (await call('POST', '/api/reset')),
  }
}

/** Starts an outside world in a process of its own, on free ports, and waits until it is ready. It ends with this process. */
export async function startOutsideWorld(options: StartOptions = {}): Promise<OutsideWorld> {
  const { folder, delayMs = 0, ports = {} } = options
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      fileURLToPath(new URL('./main.ts', import.meta.url)),
      '--exit-with-stdin',
      ...(folder === undefined ? ['--ephemeral'] : ['--data', folder]),
      ...[
        '--port',
        String(ports.web ?? 0),
        '--smtp-port',
        String(ports.smtp ?? 0),
        '--smsc-port',
        String(ports.smsc ?? 0),
        '--sftp-port',
        String(ports.sftp ?? 0),
        '--bank-port',
        String(ports.bank ?? 0),
      ],
      ...['--issuer-ports', (ports.issuers ?? [0]).join(',')],
      ...['--telco-ports', (ports.telcos ?? [0]).join(',')],
      ...['--delay-ms', String(delayMs)],
    ],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = await new Promise<Ready>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line) as Ready))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the outside world ended with code ${code} before it was ready`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  return {
    ...outsideWorldAt(`http://127.0.0.1:${ready.web}`),
    ports: { web: ready.web, smtp: ready.smtp, sftp: ready.sftp },
    issuers: ready.issuers,
    smscUrl: ready.smscUrl,
    telcos: ready.telcos,
    billing: ready.billing,
    banks: ready.banks,
    fileBanks: ready.fileBanks,
    pid: child.pid ?? 0,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}
