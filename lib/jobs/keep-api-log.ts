import { keepRequestDays } from '../operations/request-store'
import { keepLog } from './keep-log'

/** What shops see of their requests. */
export const keepApiLog = keepLog({
  name: 'keep-api-log',
  keepDays: keepRequestDays,
  daysOf: ({ API_LOG_DAYS }) => API_LOG_DAYS,
})
