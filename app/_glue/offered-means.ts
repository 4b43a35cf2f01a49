import type { CheckoutView } from '@/components/checkout/checkout-view'
import { inOrder, type MeansOrder } from '@/lib/wallet/means-order'

type Wallet = Pick<
  CheckoutView,
  'amount' | 'bankAccounts' | 'cards' | 'takesCards' | 'lines' | 'phone' | 'accounts' | 'eCash' | 'debit'
>

/**
 * What the shopper has with us, in their own order, and which of it is chosen already: what they want to be tried first, else
 * the first that can carry the amount. Whoever has put nothing in an order is given a card.
 */
export function offeredMeans(view: Wallet, { order, preferred }: MeansOrder): Pick<CheckoutView, 'offered' | 'first'> {
  const offered = inOrder(meansOf(view), { order })
  const usable = offered.filter(({ isUsable }) => isUsable).map(({ means }) => means)
  const isArranged = (means: string) => order.length > 0 || means.startsWith('card:')
  // Which account of the shopper's, is chosen with the bank.
  const isBank = view.bankAccounts.some(({ id }) => preferred === `bank:${id}`)
  const wanted = isBank ? 'bank' : (usable.find((means) => means === preferred) ?? usable.find(isArranged))
  const first = wanted ?? (view.cards.length === 0 && view.takesCards ? 'new' : undefined)
  return { offered: offered.map(({ means }) => means), ...(first !== undefined && { first }) }
}

function meansOf({ amount, cards, lines, phone, accounts, eCash, debit }: Wallet) {
  const hasRoom = (room: bigint | undefined) => room === undefined || room >= amount
  return [
    ...cards.map(({ id, isExpired, isForeign, room }) => ({
      means: `card:${id}`,
      isUsable: !isExpired && !isForeign && hasRoom(room),
    })),
    ...lines.map(({ id, why }) => ({ means: `line:${id}`, isUsable: !why && !phone?.why })),
    ...accounts.map(({ id, why, room }) => ({ means: `account:${id}`, isUsable: !why && hasRoom(room) })),
    // Who has no e-cash is told how to come by it, further down.
    ...(eCash && eCash.why !== 'none' && eCash.why !== 'login'
      ? [{ means: 'e-cash', isUsable: !eCash.why && hasRoom(eCash.room) }]
      : []),
    ...(debit?.mandates ?? []).map(({ id }) => ({ means: `mandate:${id}`, isUsable: true })),
  ]
}
