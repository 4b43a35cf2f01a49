import { entry, groupHeader, reportedAccount, reportHead, summary } from './account-report'
import { text } from './leaves'
import { any, anything, type MessageRules, one, optional, sequence, some } from './rules'

/** What a bank tells of credits and debits of an account: camt.054.001.08. */
export const camt054: MessageRules = {
  id: 'camt.054.001.08',
  root: one(
    'BkToCstmrDbtCdtNtfctn',
    sequence(
      one('GrpHdr', groupHeader),
      some(
        'Ntfctn',
        sequence(
          ...reportHead('NtfctnPgntn'),
          ...reportedAccount,
          summary,
          any('Ntry', entry),
          optional('AddtlNtfctnInf', text(500)),
        ),
      ),
      any('SplmtryData', anything),
    ),
  ),
}
