import { agent, dateOrDateTime, party, statusReason } from './components'
import { count, dateTime, decimal, externalCode, text } from './leaves'
import { any, anything, type MessageRules, one, optional, sequence } from './rules'

const countByStatus = sequence(
  one('DtldNbOfTxs', count),
  one('DtldSts', externalCode),
  optional('DtldCtrlSum', decimal),
)

const transaction = sequence(
  optional('StsId', text(35)),
  optional('OrgnlInstrId', text(35)),
  optional('OrgnlEndToEndId', text(35)),
  optional('OrgnlUETR', text(36)),
  optional('TxSts', externalCode),
  any('StsRsnInf', statusReason),
  any('ChrgsInf', anything),
  optional('AccptncDtTm', dateTime),
  optional('FctvIntrBkSttlmDt', dateOrDateTime),
  optional('AcctSvcrRef', text(35)),
  optional('ClrSysRef', text(35)),
  optional('OrgnlTxRef', anything),
  any('SplmtryData', anything),
)

/** What became of payments or direct debits that a bank was sent: pain.002.001.10. */
export const pain002: MessageRules = {
  id: 'pain.002.001.10',
  root: one(
    'CstmrPmtStsRpt',
    sequence(
      one(
        'GrpHdr',
        sequence(
          one('MsgId', text(35)),
          one('CreDtTm', dateTime),
          optional('InitgPty', party),
          ...['FwdgAgt', 'DbtrAgt', 'CdtrAgt'].map((name) => optional(name, agent)),
        ),
      ),
      one(
        'OrgnlGrpInfAndSts',
        sequence(
          one('OrgnlMsgId', text(35)),
          one('OrgnlMsgNmId', text(35)),
          optional('OrgnlCreDtTm', dateTime),
          optional('OrgnlNbOfTxs', count),
          optional('OrgnlCtrlSum', decimal),
          optional('GrpSts', externalCode),
          any('StsRsnInf', statusReason),
          any('NbOfTxsPerSts', countByStatus),
        ),
      ),
      any(
        'OrgnlPmtInfAndSts',
        sequence(
          one('OrgnlPmtInfId', text(35)),
          optional('OrgnlNbOfTxs', count),
          optional('OrgnlCtrlSum', decimal),
          optional('PmtInfSts', externalCode),
          any('StsRsnInf', statusReason),
          any('NbOfTxsPerSts', countByStatus),
          any('TxInfAndSts', transaction),
        ),
      ),
      any('SplmtryData', anything),
    ),
  ),
}
