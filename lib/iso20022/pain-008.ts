import {
  account,
  agent,
  chargeBearer,
  codeOrProprietary,
  orderHeader,
  party,
  paymentIdentification,
  purposeAndRemittance,
} from './components'
import { amount, code, count, date, decimal, flag, reference, text } from './leaves'
import { any, anything, type MessageRules, one, optional, sequence, some } from './rules'

const paymentType = sequence(
  optional('InstrPrty', code('HIGH', 'NORM')),
  any('SvcLvl', codeOrProprietary),
  optional('LclInstrm', codeOrProprietary),
  optional('SeqTp', code('FRST', 'RCUR', 'FNAL', 'OOFF', 'RPRE')),
  optional('CtgyPurp', codeOrProprietary),
)

const mandate = sequence(
  optional('MndtId', reference),
  optional('DtOfSgntr', date),
  optional('AmdmntInd', flag),
  optional('AmdmntInfDtls', anything),
  optional('ElctrncSgntr', text(1025)),
  optional('FrstColltnDt', date),
  optional('FnlColltnDt', date),
  ...['Frqcy', 'Rsn', 'TrckgDays'].map((name) => optional(name, anything)),
)

const transaction = sequence(
  one('PmtId', paymentIdentification),
  optional('PmtTpInf', paymentType),
  one('InstdAmt', amount),
  chargeBearer,
  optional(
    'DrctDbtTx',
    sequence(
      optional('MndtRltdInf', mandate),
      optional('CdtrSchmeId', party),
      optional('PreNtfctnId', reference),
      optional('PreNtfctnDt', date),
    ),
  ),
  optional('UltmtCdtr', party),
  one('DbtrAgt', agent),
  optional('DbtrAgtAcct', account),
  one('Dbtr', party),
  one('DbtrAcct', account),
  optional('UltmtDbtr', party),
  optional('InstrForCdtrAgt', text(140)),
  ...purposeAndRemittance,
)

const paymentInformation = sequence(
  one('PmtInfId', reference),
  one('PmtMtd', code('DD')),
  optional('ReqdAdvcTp', anything),
  optional('BtchBookg', flag),
  optional('NbOfTxs', count),
  optional('CtrlSum', decimal),
  optional('PmtTpInf', paymentType),
  one('ReqdColltnDt', date),
  one('Cdtr', party),
  one('CdtrAcct', account),
  one('CdtrAgt', agent),
  optional('CdtrAgtAcct', account),
  optional('UltmtCdtr', party),
  chargeBearer,
  optional('ChrgsAcct', account),
  optional('ChrgsAcctAgt', agent),
  optional('CdtrSchmeId', party),
  some('DrctDbtTxInf', transaction),
)

/** A customer's direct debits, for the bank to collect: pain.008.001.08. */
export const pain008: MessageRules = {
  id: 'pain.008.001.08',
  root: one(
    'CstmrDrctDbtInitn',
    sequence(one('GrpHdr', orderHeader), some('PmtInf', paymentInformation), any('SplmtryData', anything)),
  ),
}
