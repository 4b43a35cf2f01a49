import { direction, entry, groupHeader, reportedAccount, reportHead, summary } from './account-report'
import { codeOrProprietary, dateOrDateTime } from './components'
import { amount, text } from './leaves'
import { any, anything, type MessageRules, one, optional, sequence, some } from './rules'

const balance = sequence(
  one('Tp', sequence(one('CdOrPrtry', codeOrProprietary), optional('SubTp', codeOrProprietary))),
  any('CdtLine', anything),
  one('Amt', amount),
  one('CdtDbtInd', direction),
  one('Dt', dateOrDateTime),
  any('Avlbty', anything),
)

/** A bank's statement of an account: camt.053.001.08. */
export const camt053: MessageRules = {
  id: 'camt.053.001.08',
  root: one(
    'BkToCstmrStmt',
    sequence(
      one('GrpHdr', groupHeader),
      some(
        'Stmt',
        sequence(
          ...reportHead('StmtPgntn'),
          ...reportedAccount,
          some('Bal', balance),
          summary,
          any('Ntry', entry),
          optional('AddtlStmtInf', text(500)),
        ),
      ),
      any('SplmtryData', anything),
    ),
  ),
}
