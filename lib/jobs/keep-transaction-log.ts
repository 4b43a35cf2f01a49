import { keepMessageDays } from '../operations/message-store'
import { keepLog } from './keep-log'

/** The messages in and out of links. */
export const keepTransactionLog = keepLog({
  name: 'keep-transaction-log',
  keepDays: keepMessageDays,
  daysOf: ({ TRANSACTION_LOG_DAYS }) => TRANSACTION_LOG_DAYS,
})
