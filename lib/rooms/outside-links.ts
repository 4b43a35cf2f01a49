import { createReferences, type References } from '../db/references'
import type { Banks } from '../gateways/bank/bank'
import { connectBanks } from '../gateways/bank/http-banks'
import { type BankFileLinks, connectBankFiles } from '../gateways/bank-files/bank-files'
import type { BillingCentres } from '../gateways/billing-centre/billing-centre'
import { connectBillingCentres } from '../gateways/billing-centre/sftp-billing-centres'
import { observedFileLinks } from '../gateways/files/observed-file-links'
import type { Issuers } from '../gateways/issuer/issuer'
import { connectIssuers } from '../gateways/issuer/issuers'
import { createIssuerTerms } from '../gateways/issuer-terms/http-issuer-terms'
import type { IssuerTerms } from '../gateways/issuer-terms/issuer-terms'
import type { Telcos } from '../gateways/telco/telco'
import { connectTelcos } from '../gateways/telco/telcos'
import { lastingLinks } from '../operations/link-conditions'
import type { Base } from './base'

/** The systems outside that this gateway speaks with, each watched for the operators. */
export interface OutsideLinks {
  readonly references: References
  readonly issuers: Issuers
  readonly issuerTerms: IssuerTerms
  readonly telcos: Telcos
  readonly banks: Banks
  /** Where files are exchanged with banks: credits in, orders out. */
  readonly bankFiles: BankFileLinks
  readonly billingCentres: BillingCentres
}

export function connectOutside({ settings, clock, log, database, operations }: Base): OutsideLinks {
  const { observe, watchLinks } = operations
  const issuers = connectIssuers(
    settings.ISSUERS.map((issuer) => ({
      ...issuer,
      acquirerId: settings.ACQUIRER_ID,
      terminalId: settings.TERMINAL_ID,
      timeLimitMs: settings.ISSUER_TIME_LIMIT_MS,
      timeZone: settings.TIME_ZONE,
    })),
    { clock, observe, onEvent: (event) => log.info({ ...event, event: `issuer-${event.kind}` }) },
  )
  watchLinks(() => lastingLinks('issuer', issuers.states(), settings.ISSUERS))
  const telcos = connectTelcos(settings.TELCOS, {
    clock,
    observe,
    timeLimitMs: settings.TELCO_TIME_LIMIT_MS,
    onEvent: (event) => log.info({ ...event, event: `telco-${event.kind}` }),
  })
  watchLinks(() => lastingLinks('telco', telcos.states(), settings.TELCOS))
  const banks = connectBanks(settings.BANKS, {
    ...{ clock, observe, gatewayId: settings.GATEWAY_ID },
    signingKey: settings.SIGNING_KEYS[0]!,
  })
  watchLinks(() => settings.BANKS.map(({ code }) => ({ link: 'bank', system: code })))
  return {
    references: createReferences(database.pool, clock),
    ...{ issuers, telcos, banks },
    issuerTerms: createIssuerTerms(settings.ISSUERS, { clock }),
    bankFiles: observedFileLinks('bank-file', connectBankFiles(settings.BANK_FILES, { clock }), observe),
    billingCentres: observedFileLinks(
      'billing-file',
      connectBillingCentres(settings.BILLING_CENTRES, { clock }),
      observe,
    ),
  }
}
