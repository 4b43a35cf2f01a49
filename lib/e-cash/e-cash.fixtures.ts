import { demoCard } from '../../simulators/issuers/demo-cards'
import { later } from '../clock'
import type { Gateway } from '../gateway'
import { type Uuid, uuidAt } from '../ids'
import { HOUSE_MERCHANT } from '../merchants/house'
import type { Merchant } from '../merchants/merchant'
import { krw } from '../money/money'
import type { Payment } from '../payments/payment'
import type { MeansInput } from '../payments/plan-means'
import type { Wallet } from './wallet'

export const WALLET_PIN = '2580'

/** A wallet in won of a shopper's, loaded with so much by card. */
export async function aWalletWith(gateway: Gateway, shopperId: Uuid, amount: bigint): Promise<Wallet> {
  const opened = await gateway.eCash.open(shopperId, { currency: 'KRW', pin: WALLET_PIN })
  if (opened.kind !== 'opened') throw new Error(`the wallet of a test was not opened: ${opened.reason}`)
  if (amount > 0n) await load(gateway, opened.wallet, amount)
  return opened.wallet
}

/** Buys value by card and sees it credited. */
export async function load(gateway: Gateway, wallet: Wallet, amount: bigint): Promise<void> {
  const paymentId = await orderLoad(gateway, wallet, amount)
  await payLoad(gateway, paymentId)
  const settled = await gateway.topUps.settle(wallet.shopperId, paymentId)
  if (settled?.state !== 'credited') throw new Error(`what was loaded was not credited: ${settled?.state}`)
}

export async function orderLoad(gateway: Gateway, { shopperId, id }: Wallet, amount: bigint): Promise<Uuid> {
  const opened = await gateway.topUps.open({
    ...{ shopperId, target: 'e-cash', targetId: id, amount: krw(amount), locale: 'ko' },
    returnUrl: 'http://127.0.0.1/account',
  })
  if (opened.kind !== 'opened') throw new Error(`the load was refused: ${opened.reason}`)
  return opened.paymentId
}

export async function payLoad(gateway: Gateway, paymentId: Uuid): Promise<void> {
  const { number, expiry } = demoCard('narae', 'roomy')
  const paid = await gateway.payments.pay(HOUSE_MERCHANT, paymentId, {
    means: [{ module: 'card', input: { number, expiry } }],
  })
  if (paid.kind !== 'settled') throw new Error(`the load was not paid: ${paid.kind}`)
}

/** Pays a new order at a shop out of a shopper's wallet; other means carry what they say. */
export async function buyWithECash(
  gateway: Gateway,
  shop: Merchant,
  shopperId: Uuid,
  order: { amount: bigint; pin?: string; beside?: MeansInput & { amount: bigint } },
) {
  const payment = await openOrder(gateway, shop, order.amount)
  const amount = order.amount - (order.beside?.amount ?? 0n)
  const eCash: MeansInput = { module: 'e-cash', amount, input: { pin: order.pin ?? WALLET_PIN } }
  return gateway.payments.pay(shop.id, payment.id, {
    shopperId,
    means: order.beside ? [eCash, order.beside] : [eCash],
  })
}

async function openOrder(gateway: Gateway, shop: Merchant, amount: bigint): Promise<Payment> {
  const at = gateway.clock.now()
  const opened = await gateway.payments.open({
    ...{ merchantId: shop.id, orderRef: uuidAt(at), orderName: '웹툰 이용권', amount: krw(amount), metadata: {} },
    ...({ captureMode: 'automatic', channel: 'hosted', locale: 'ko' } as const),
    expiresAt: later(at, 60_000),
  })
  if (opened.kind !== 'opened') throw new Error(opened.kind)
  return opened.payment
}
