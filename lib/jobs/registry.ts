import { addUpBalances } from './add-up-balances'
import { addUpReceivables } from './add-up-receivables'
import { captureByBatch } from './capture-by-batch'
import { chainAudit } from './chain-audit'
import { chargeSubscriptions } from './charge-subscriptions'
import { collectDirectDebits } from './collect-direct-debits'
import { dailyStatistics } from './daily-statistics'
import { depositECash } from './deposit-e-cash'
import { endDisputes } from './end-disputes'
import { expireReservations } from './expire-reservations'
import { expireVCards } from './expire-vcards'
import { finishOpenPayments } from './finish-open-payments'
import { finishOpenRefunds } from './finish-open-refunds'
import type { Job } from './job'
import { keepApiLog } from './keep-api-log'
import { keepTransactionLog } from './keep-transaction-log'
import { orderPayouts } from './order-payouts'
import { orderReturns } from './order-returns'
import { readBankStatements } from './read-bank-statements'
import { readBillingResults } from './read-billing-results'
import { readPayoutAnswers } from './read-payout-answers'
import { readReturnAnswers } from './read-return-answers'
import { readGiroCredits } from './read-giro-credits'
import { reconcile } from './reconcile'
import { readDebitReports } from './read-debit-reports'
import { sendBillingFiles } from './send-billing-files'
import { sendGiroDemands } from './send-giro-demands'
import { sendMessages } from './send-messages'
import { settleLinkSales } from './settle-link-sales'
import { settleMerchants } from './settle-merchants'
import { settleTopUps } from './settle-top-ups'
import { tidy } from './tidy'
import { writeBillingFiles } from './write-billing-files'

/** The one list of jobs. */
export const jobs: readonly Job[] = [
  finishOpenPayments,
  finishOpenRefunds,
  sendMessages,
  captureByBatch,
  endDisputes,
  expireVCards,
  expireReservations,
  settleTopUps,
  settleLinkSales,
  chargeSubscriptions,
  depositECash,
  dailyStatistics,
  chainAudit,
  addUpBalances,
  addUpReceivables,
  keepTransactionLog,
  keepApiLog,
  collectDirectDebits,
  readDebitReports,
  writeBillingFiles,
  sendBillingFiles,
  readBillingResults,
  reconcile,
  settleMerchants,
  orderPayouts,
  readPayoutAnswers,
  orderReturns,
  readReturnAnswers,
  readGiroCredits,
  readBankStatements,
  sendGiroDemands,
  tidy,
]
