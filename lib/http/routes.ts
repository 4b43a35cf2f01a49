import { z } from 'zod'
import { describeApi } from './openapi'
import { type Reply, route, type Row } from './route'
import { receiveCancelMessage } from './v1/cancel-messages'
import { chargeAccount, listMovements, refundAccountCharge } from './v1/account-charges'
import { chargeReservation, getReservation, releaseReservation, reserveOnAccount } from './v1/account-reservations'
import { getAccount, listAccounts, openAccount } from './v1/accounts'
import { cancelPayment } from './v1/cancellation'
import { createCheckoutLink, getContract, strengthenContract } from './v1/contract'
import { answerDispute, getDispute, listDisputes } from './v1/disputes'
import { changeModule, getModule, listModules, registerModule } from './v1/modules'
import {
  changeAudience,
  changeShopperGroup,
  createShopperGroup,
  getAudience,
  listShopperGroups,
} from './v1/shopper-groups'
import { listEvents } from './v1/events'
import { getPayout, listPayoutLines, listPayouts, listProfit } from './v1/payouts'
import { getDeliveryAddress } from './v1/delivery-address'
import { dryRunFlow, getFlow, listFlowVersions, proposeFlow } from './v1/flows'
import { listFulfilment, noteFulfilment } from './v1/fulfilment'
import { getLiveness, getReadiness } from './v1/health'
import { getAuthorities, getEncryptionKeys, getSigningKeys } from './v1/keys'
import {
  closePaymentLink,
  createPaymentLink,
  getPaymentLink,
  listLinkPayments,
  listPaymentLinks,
} from './v1/payment-links'
import { closePlan, createPlan, getPlan, listPlans } from './v1/plans'
import {
  cancelSubscription,
  changeSubscriptionPlan,
  getSubscription,
  listSubscriptionCharges,
  listSubscriptions,
  offerSubscription,
  pauseSubscription,
  resumeSubscription,
} from './v1/subscriptions'
import { capturePayment, createPayment, getHistory, getPayment, listPayments } from './v1/payments'
import { approveRefundRequest, declineRefundRequest, getRefundRequest, listRefundRequests } from './v1/refund-requests'
import { createRefund, getRefund, listRefunds } from './v1/refunds'
import { getDebitBatch, getMandate, listDebitBatches, listDebits, listMandates } from './v1/direct-debits'
import { getReturnTransfer, listReturnTransfers } from './v1/return-transfers'
import { listProductRates } from './v1/product-rates'
import { extendDueDate, listUnpaid, sendDemand } from './v1/unpaid'
import { cancelVCard, createVCard, getVCard, listVCards, proposeVCard } from './v1/vcards'

const getDescription = route(
  'GET /api/v1/openapi.json',
  {
    caller: 'public',
    summary: 'This description (OpenAPI 3.1)',
    answers: { 200: { description: 'The document', schema: z.looseObject({ openapi: z.string() }) } },
  },
  ({ gateway }): Reply => ({ status: 200, body: describeApi(routes, gateway.settings.WEB_URL) }),
)

/**
 * The one table of the API: every address, who may call it, what it takes and gives. Both hosts serve it and the API
 * description is made from it; what has no row here does not exist.
 */
export const routes: readonly Row[] = [
  createPayment,
  listPayments,
  getPayment,
  getHistory,
  createCheckoutLink,
  capturePayment,
  cancelPayment,
  noteFulfilment,
  listFulfilment,
  getDeliveryAddress,
  getFlow,
  listFlowVersions,
  proposeFlow,
  dryRunFlow,
  listUnpaid,
  sendDemand,
  extendDueDate,
  listReturnTransfers,
  getReturnTransfer,
  listMandates,
  getMandate,
  listDebitBatches,
  getDebitBatch,
  listDebits,
  createRefund,
  listRefunds,
  getRefund,
  listRefundRequests,
  getRefundRequest,
  approveRefundRequest,
  declineRefundRequest,
  proposeVCard,
  createVCard,
  listVCards,
  getVCard,
  cancelVCard,
  createPaymentLink,
  listPaymentLinks,
  getPaymentLink,
  listLinkPayments,
  closePaymentLink,
  createPlan,
  listPlans,
  getPlan,
  closePlan,
  offerSubscription,
  listSubscriptions,
  getSubscription,
  listSubscriptionCharges,
  cancelSubscription,
  pauseSubscription,
  resumeSubscription,
  changeSubscriptionPlan,
  openAccount,
  listAccounts,
  getAccount,
  chargeAccount,
  refundAccountCharge,
  listMovements,
  reserveOnAccount,
  getReservation,
  chargeReservation,
  releaseReservation,
  listDisputes,
  getDispute,
  answerDispute,
  receiveCancelMessage,
  listModules,
  getModule,
  registerModule,
  changeModule,
  getAudience,
  changeAudience,
  listShopperGroups,
  createShopperGroup,
  changeShopperGroup,
  getContract,
  strengthenContract,
  listEvents,
  listPayouts,
  getPayout,
  listPayoutLines,
  listProfit,
  listProductRates,
  getDescription,
  getSigningKeys,
  getEncryptionKeys,
  getAuthorities,
  getLiveness,
  getReadiness,
]
