import {
  account,
  agent,
  chargeBearer,
  codeOrProprietary,
  dateOrDateTime,
  orderHeader,
  party,
  paymentIdentification,
  purposeAndRemittance,
} from './components'
import { amount, code, count, decimal, flag, reference, text } from './leaves'
import { any, anything, choice, type MessageRules, one, optional, sequence, some } from './rules'

const paymentType = sequence(
  optional('InstrPrty', code('HIGH', 'NORM')),
  any('SvcLvl', codeOrProprietary),
  optional('LclInstrm', codeOrProprietary),
  optional('CtgyPurp', codeOrProprietary),
)

const transaction = sequence(
  one('PmtId', paymentIdentification),
  optional('PmtTpInf', paymentType),
  one('Amt', choice(one('InstdAmt', amount), one('EqvtAmt', anything))),
  optional('XchgRateInf', anything),
  chargeBearer,
  optional('ChqInstr', anything),
  optional('UltmtDbtr', party),
  ...['IntrmyAgt1', 'IntrmyAgt1Acct', 'IntrmyAgt2', 'IntrmyAgt2Acct', 'IntrmyAgt3', 'IntrmyAgt3Acct'].map((name) =>
    optional(name, anything),
  ),
  optional('CdtrAgt', agent),
  optional('CdtrAgtAcct', account),
  optional('Cdtr', party),
  optional('CdtrAcct', account),
  optional('UltmtCdtr', party),
  any('InstrForCdtrAgt', anything),
  optional('InstrForDbtrAgt', text(140)),
  ...purposeAndRemittance,
)

const paymentInformation = sequence(
  one('PmtInfId', reference),
  one('PmtMtd', code('TRF')),
  optional('BtchBookg', flag),
  optional('NbOfTxs', count),
  optional('CtrlSum', decimal),
  optional('PmtTpInf', paymentType),
  one('ReqdExctnDt', dateOrDateTime),
  optional('PoolgAdjstmntDt', anything),
  one('Dbtr', party),
  one('DbtrAcct', account),
  one('DbtrAgt', agent),
  optional('DbtrAgtAcct', account),
  optional('InstrForDbtrAgt', text(140)),
  optional('UltmtDbtr', party),
  chargeBearer,
  optional('ChrgsAcct', account),
  optional('ChrgsAcctAgt', agent),
  some('CdtTrfTxInf', transaction),
)

/** A customer's credit transfers, for the bank to carry out: pain.001.001.09. */
export const pain001: MessageRules = {
  id: 'pain.001.001.09',
  root: one(
    'CstmrCdtTrfInitn',
    sequence(one('GrpHdr', orderHeader), some('PmtInf', paymentInformation), any('SplmtryData', anything)),
  ),
}
