/** The parts that a bank's messages about our account share: notifications (camt.054) and statements (camt.053). */
import { account, agent, codeOrProprietary, dateOrDateTime, party, remittance } from './components'
import { amount, code, count, currency, dateTime, decimal, externalCode, flag, text } from './leaves'
import { any, anything, choice, one, optional, sequence } from './rules'

export const direction = code('CRDT', 'DBIT')
const somebody = choice(one('Pty', party), one('Agt', agent))
const entryTotals = sequence(optional('NbOfNtries', count), optional('Sum', decimal))

const references = sequence(
  ...['MsgId', 'AcctSvcrRef', 'PmtInfId', 'InstrId', 'EndToEndId'].map((name) => optional(name, text(35))),
  optional('UETR', text(36)),
  ...['TxId', 'MndtId', 'ChqNb', 'ClrSysRef', 'AcctOwnrTxId', 'AcctSvcrTxId', 'MktInfrstrctrTxId', 'PrcgId'].map(
    (name) => optional(name, text(35)),
  ),
  any('Prtry', anything),
)

const parties = sequence(
  optional('InitgPty', somebody),
  optional('Dbtr', somebody),
  optional('DbtrAcct', account),
  optional('UltmtDbtr', somebody),
  optional('Cdtr', somebody),
  optional('CdtrAcct', account),
  optional('UltmtCdtr', somebody),
  optional('TradgPty', somebody),
  any('Prtry', anything),
)

const agents = sequence(
  ...['InstgAgt', 'InstdAgt'].map((name) => optional(name, anything)),
  optional('DbtrAgt', agent),
  ...['CdtrAgt', 'IntrmyAgt1', 'IntrmyAgt2', 'IntrmyAgt3', 'RcvgAgt', 'DlvrgAgt', 'IssgAgt', 'SttlmPlc'].map((name) =>
    optional(name, anything),
  ),
  any('Prtry', anything),
)

const transaction = sequence(
  optional('Refs', references),
  optional('Amt', amount),
  optional('CdtDbtInd', direction),
  optional('AmtDtls', anything),
  any('Avlbty', anything),
  optional('BkTxCd', anything),
  optional('Chrgs', anything),
  optional('Intrst', anything),
  optional('RltdPties', parties),
  optional('RltdAgts', agents),
  optional('LclInstrm', codeOrProprietary),
  optional('Purp', codeOrProprietary),
  any('RltdRmtInf', anything, 10),
  optional('RmtInf', remittance),
  ...['RltdDts', 'RltdPric'].map((name) => optional(name, anything)),
  any('RltdQties', anything),
  ...['FinInstrmId', 'Tax', 'RtrInf', 'CorpActn', 'SfkpgAcct'].map((name) => optional(name, anything)),
  any('CshDpst', anything),
  optional('CardTx', anything),
  optional('AddtlTxInf', text(500)),
  any('SplmtryData', anything),
)

/** A booking on an account, with the transactions in it. */
export const entry = sequence(
  optional('NtryRef', text(35)),
  one('Amt', amount),
  one('CdtDbtInd', direction),
  optional('RvslInd', flag),
  one('Sts', choice(one('Cd', externalCode), one('Prtry', text(35)))),
  optional('BookgDt', dateOrDateTime),
  optional('ValDt', dateOrDateTime),
  optional('AcctSvcrRef', text(35)),
  any('Avlbty', anything),
  one('BkTxCd', anything),
  optional('ComssnWvrInd', flag),
  ...['AddtlInfInd', 'AmtDtls', 'Chrgs', 'TechInptChanl', 'Intrst', 'CardTx'].map((name) => optional(name, anything)),
  any(
    'NtryDtls',
    sequence(
      optional(
        'Btch',
        sequence(
          optional('MsgId', text(35)),
          optional('PmtInfId', text(35)),
          optional('NbOfTxs', count),
          optional('TtlAmt', amount),
          optional('CdtDbtInd', direction),
        ),
      ),
      any('TxDtls', transaction),
    ),
  ),
  optional('AddtlNtryInf', text(500)),
)

export const groupHeader = sequence(
  one('MsgId', text(35)),
  one('CreDtTm', dateTime),
  optional('MsgRcpt', party),
  optional('MsgPgntn', anything),
  optional('OrgnlBizQry', anything),
  optional('AddtlInf', text(500)),
)

/** What stands before the account in a report on it. */
export const reportHead = (pagination: string) => [
  one('Id', text(35)),
  optional(pagination, anything),
  optional('ElctrncSeqNb', count),
  optional('RptgSeq', anything),
  optional('LglSeqNb', count),
  optional('CreDtTm', dateTime),
  optional('FrToDt', sequence(one('FrDtTm', dateTime), one('ToDtTm', dateTime))),
  optional('CpyDplctInd', code('CODU', 'COPY', 'DUPL')),
  optional('RptgSrc', codeOrProprietary),
]

/** The account that is reported on, and those it belongs with. */
export const reportedAccount = [
  one(
    'Acct',
    sequence(
      ...account.elements.filter(({ name }) => name !== 'Prxy' && name !== 'Ccy' && name !== 'Nm'),
      optional('Ccy', currency),
      optional('Nm', text(70)),
      optional('Prxy', anything),
      optional('Ownr', party),
      optional('Svcr', agent),
    ),
  ),
  optional('RltdAcct', anything),
  any('Intrst', anything),
]

/** Counts and sums over the entries of a report. */
export const summary = optional(
  'TxsSummry',
  sequence(
    optional('TtlNtries', sequence(...entryTotals.elements, optional('TtlNetNtry', anything))),
    optional('TtlCdtNtries', entryTotals),
    optional('TtlDbtNtries', entryTotals),
    any('TtlNtriesPerBkTxCd', anything),
  ),
)
