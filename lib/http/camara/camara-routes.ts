import type { CamaraRow } from './camara-route'
import {
  cancelPayment,
  confirmPayment,
  createPayment,
  preparePayment,
  retrievePayment,
  retrievePayments,
  validatePayment,
} from './payments'
import { createRefund, retrieveRefund, retrieveRefunds, retrieveRemainingAmount } from './refunds'

/** Every operation of CAMARA Carrier Billing 0.5 and Carrier Billing Refund 0.3. */
export const camaraRoutes: readonly CamaraRow[] = [
  createPayment,
  retrievePayments,
  retrievePayment,
  preparePayment,
  validatePayment,
  confirmPayment,
  cancelPayment,
  createRefund,
  retrieveRefunds,
  retrieveRefund,
  retrieveRemainingAmount,
]
