/**
 * The outside world put together: issuers with their hosts and terms feeds, the mail server, and the web server that
 * shows and steers them. A further part is a folder of its own that brings its routes, its state and a reset.
 */
import { Bank } from './bank/bank'
import { openBankKeys } from './bank/bank-keys'
import { bankRoutes, bankStateOf, type BankState } from './bank/bank-routes'
import { BANKS } from './bank/catalogue'
import { createGatewayKeys } from './bank/gateway-keys'
import { startBankServer } from './bank/host'
import { DebitCollector } from './bank-files/debits'
import { debitRoutes } from './bank-files/debit-routes'
import { FILE_BANKS, type FileBankProfile } from './bank-files/catalogue'
import { FileBank } from './bank-files/file-bank'
import { PayoutDesk } from './bank-files/payout-desk'
import { payoutRoutes } from './bank-files/payout-routes'
import { payByCentre, payByIssuer } from './bank-files/settlements'
import { StatementDesk } from './bank-files/statements'
import { statementRoutes } from './bank-files/statement-routes'
import { fileBankRoutes } from './bank-files/file-bank-routes'
import { BILLING_CENTRES } from './billing-centre/catalogue'
import { Centre } from './billing-centre/centre'
import { centreRoutes, centreStateOf, type CentreState } from './billing-centre/centre-routes'
import { Changes } from './changes'
import type { Routes } from './control/router'
import { pageRoutes } from './control/page-routes'
import { startControlServer } from './control/server'
import { startSftpServer } from './files/sftp'
import { ISSUERS } from './issuers/catalogue'
import { startHost } from './issuers/host'
import { Issuer, type Settlement } from './issuers/issuer'
import type { IssuerState, RunningIssuer } from './issuers/issuer-routes'
import { issuerRoutes, stateOf } from './issuers/issuer-routes'
import { termsFeed } from './issuers/terms-feed'
import { openMailInbox } from './mail/inbox'
import { mailRoutes } from './mail/mail-routes'
import { startMailServer } from './mail/smtp'
import type { Settings } from './settings'
import { openPhoneInbox } from './sms/phone-inbox'
import { smsRoutes } from './sms/sms-routes'
import { startSmsc } from './sms/smsc'
import { TELCOS } from './telco/catalogue'
import { startTelcoHost } from './telco/host'
import { Telco } from './telco/telco'
import { type RunningTelco, telcoRoutes, telcoStateOf, type TelcoState } from './telco/telco-routes'

/** Where everything is to be found: what the process says when it is ready. */
export interface Ready {
  readonly ready: true
  readonly web: number
  readonly smtp: number
  /** Where the SMS centre is bound to, its user and password included. */
  readonly smscUrl: string
  readonly issuers: readonly {
    readonly code: string
    readonly name: { readonly ko: string; readonly en: string }
    readonly port: number
    readonly bins: readonly string[]
    readonly terms: string
    /** From which it pays us. */
    readonly account: string
  }[]
  readonly telcos: readonly {
    readonly code: string
    readonly name: { readonly ko: string; readonly en: string }
    readonly kind: 'PSTN' | 'IN'
    readonly port: number
    readonly prefixes: readonly string[]
    readonly centre: string
  }[]
  readonly banks: readonly {
    readonly code: string
    readonly name: { readonly ko: string; readonly en: string }
    readonly url: string
    readonly keysUrl: string
    readonly account: string
    /** From which it passes on what has come there. */
    readonly passesOnFrom: string
    readonly currencies: readonly string[]
    readonly checksBalance: boolean
  }[]
  /** Banks that exchange files, at the same SFTP server as the billing centres. */
  readonly fileBanks: readonly FileBankProfile[]
  /** The SFTP server of all billing centres and banks. */
  readonly sftp: number
  /** Their codes. */
  readonly billing: readonly string[]
}

export interface WorldState {
  readonly issuers: readonly IssuerState[]
  readonly telcos: readonly TelcoState[]
  readonly banks: readonly BankState[]
  readonly billing: readonly CentreState[]
  readonly mail: { readonly port: number; readonly count: number; readonly switches: readonly unknown[] }
  readonly sms: {
    readonly port: number
    readonly binds: number
    readonly count: number
    readonly switches: readonly unknown[]
  }
}

export interface World {
  readonly ready: Ready
  close(): Promise<void>
}

/** @throws when a port is taken (EADDRINUSE) or the data folder cannot be used */
export async function startWorld(settings: Settings): Promise<World> {
  const changes = new Changes()
  const inbox = openMailInbox(settings.folder, changes.touch)
  const mail = await startMailServer(inbox, { port: settings.smtpPort, changed: changes.touch })
  const phone = openPhoneInbox(settings.folder, changes.touch)
  const smsc = await startSmsc(phone, { port: settings.smscPort, changed: changes.touch })
  const fileBanks = FILE_BANKS.map((profile) => new FileBank(profile, settings.folder, changes.touch))
  const running: RunningIssuer[] = []
  let webPort = settings.port
  for (const [at, profile] of ISSUERS.entries()) {
    const pays = (settlement: Settlement) => payByIssuer(fileBanks, profile, settlement)
    const issuer = new Issuer(profile, settings.folder, changes.touch, pays)
    const host = await startHost(issuer, { port: settings.issuerPorts[at] ?? 0, delayMs: settings.delayMs })
    const terms = () => `http://127.0.0.1:${webPort}/issuers/${profile.code}`
    running.push({ issuer, host, terms })
  }
  const feed = termsFeed(running)
  const telcos: RunningTelco[] = []
  for (const [at, profile] of TELCOS.entries()) {
    const telco = new Telco(profile, settings.folder, changes.touch)
    const host = await startTelcoHost(telco, { port: settings.telcoPorts[at] ?? 0, delayMs: settings.delayMs })
    telcos.push({ telco, host })
  }

  const banks: Bank[] = []
  for (const profile of BANKS) {
    banks.push(new Bank(profile, await openBankKeys(profile.code, settings.folder), settings.folder, changes.touch))
  }
  const gatewayKeys = createGatewayKeys(settings.gatewayKeysUrl)
  const bankServer = await startBankServer(banks, gatewayKeys, { port: settings.bankPort, delayMs: settings.delayMs })

  const centres = BILLING_CENTRES.map((profile) => {
    return new Centre(profile, settings.folder, changes.touch, (amount) => payByCentre(fileBanks, profile, amount))
  })
  const payoutDesks = fileBanks.map((bank) => ({ bank, desk: new PayoutDesk(bank) }))
  const collectors = fileBanks.map((desk) => new DebitCollector(desk, banks))
  const statements = fileBanks.map((bank, at) => new StatementDesk(bank, payoutDesks[at]!.desk, collectors[at]!, banks))
  const sftp = await startSftpServer([...centres, ...fileBanks], settings.sftpPort)

  const state = (): WorldState => ({
    issuers: running.map(stateOf),
    telcos: telcos.map(telcoStateOf),
    banks: banks.map(bankStateOf),
    billing: centres.map((centre) => centreStateOf(centre, sftp.port)),
    mail: { port: mail.port, count: inbox.list().length, switches: mail.switches.all() },
    sms: { port: smsc.port, binds: smsc.binds(), count: phone.list().length, switches: smsc.switches.all() },
  })
  const reset = async () => {
    for (const { host, issuer } of running) {
      host.forgetPending()
      await issuer.reset()
    }
    for (const { host, telco } of telcos) {
      host.forgetPending()
      await telco.reset()
    }
    for (const bank of banks) await bank.reset()
    bankServer.reset()
    for (const centre of centres) await centre.reset()
    for (const bank of fileBanks) await bank.reset()
    for (const { desk } of payoutDesks) desk.switches.clear()
    for (const collector of collectors) collector.reset()
    feed.reset()
    mail.switches.clear()
    await inbox.reset()
    smsc.forgetPending()
    smsc.switches.clear()
    await phone.reset()
  }
  const routes: Routes = {
    'GET /api/state': () => ({ json: state() }),
    'POST /api/reset': async () => {
      await reset()
      return { json: state() }
    },
    ...issuerRoutes(running),
    ...telcoRoutes(telcos),
    ...bankRoutes(banks, gatewayKeys),
    ...fileBankRoutes(fileBanks),
    ...payoutRoutes(payoutDesks),
    ...debitRoutes(collectors),
    ...statementRoutes(statements),
    ...centreRoutes(centres, () => sftp.port),
    ...feed.routes,
    ...mailRoutes(inbox, mail),
    ...smsRoutes(phone, smsc),
    ...pageRoutes({
      issuers: running,
      telcos,
      banks,
      bankPort: bankServer.port,
      inbox,
      mail,
      phone,
      smsc,
      changes,
      centres,
      fileBanks,
      payoutDesks,
      collectors,
      sftp,
    }),
  }
  const web = await startControlServer(routes, settings.port)
  webPort = web.port

  return {
    ready: {
      ready: true,
      web: web.port,
      smtp: mail.port,
      smscUrl: smsc.url,
      issuers: running.map(({ issuer: { profile }, host, terms }) => ({
        code: profile.code,
        name: profile.name,
        port: host.port,
        bins: profile.bins,
        terms: terms(),
        account: profile.account,
      })),
      telcos: telcos.map(({ telco: { profile }, host }) => ({ ...profile, port: host.port })),
      banks: banks.map(({ profile: { code, name, gatewayAccount: account, ...rest } }) => {
        const url = `http://127.0.0.1:${bankServer.port}/${code}`
        return { code, name, url, keysUrl: `${url}/jwks.json`, account, ...rest }
      }),
      fileBanks: FILE_BANKS,
      sftp: sftp.port,
      billing: centres.map(({ profile }) => profile.code),
    },
    close: async () => {
      await Promise.all([
        web.close(),
        mail.close(),
        smsc.close(),
        sftp.close(),
        bankServer.close(),
        ...[...running, ...telcos].map(({ host }) => host.close()),
      ])
      await Promise.all([
        inbox.close(),
        phone.close(),
        ...centres.map((centre) => centre.close()),
        ...fileBanks.map((bank) => bank.close()),
        ...banks.map((bank) => bank.close()),
        ...running.map(({ issuer }) => issuer.close()),
        ...telcos.map(({ telco }) => telco.close()),
      ])
    },
  }
}
