import type { PaymentState } from '../../lib/payments/payment-moves'
import type { Gate, Gates } from './gates'
import type { House } from './house'
import type { KillPoint, OutsideState } from './kill-points'
import { anOrder, type Order } from './shop-server'
import { waitFor } from './wait-for'
import { aVCard, aWallet, LEG_ISSUERS, type Wallet } from './wallet'

/** What each of the three cards carries, in won. */
export const SHARE = 30_000n

export interface Stage {
  readonly house: House
  readonly gates: Gates
}

/** A shopper with a V-Card over three cards, and the order that it is typed into. */
export interface Scene {
  readonly order: Order
  readonly wallet: Wallet
}

/** What holds a payment at a point. */
export interface Obstacles {
  /** Resolves when the database and the issuers' books say that the payment is there, which may begin only `afterMs` from now. */
  reached(afterMs?: number): Promise<void>
  /** Takes everything away that stood in its way. */
  lift(): Promise<void>
}

export async function setScene({ house }: Stage, point: KillPoint): Promise<Scene> {
  const shop = point.shop === 'silent' ? house.silentShop : house.shop
  const wallet = await aWallet(house)
  const vcard = await aVCard(house, { wallet, shop, share: SHARE, mayRetry: point.mayRetry ?? false })
  const amount = SHARE * BigInt(wallet.cards.length)
  return { wallet, order: anOrder(shop, amount, vcard, point.capture ? { capture: point.capture } : {}) }
}

/** Puts a point's obstacles in the way of a scene's payment. */
export async function obstruct(
  { house, gates }: Stage,
  { order, wallet }: Scene,
  point: KillPoint,
): Promise<Obstacles> {
  const { outside } = house
  const troubles = await Promise.all(
    (point.troubles ?? []).map(async ({ leg, on, do: deed }) => {
      const { issuer, number } = wallet.cards[leg - 1]!
      const { id } = await outside.switch(issuer, { on, card: number, do: deed, times: MANY })
      return { id, issuer, deed }
    }),
  )
  const gate: Gate | undefined = point.writing && (await gates.close(order.orderRef, point.writing.event))

  /** A switch counts down with every message it takes. */
  async function allUsed(): Promise<boolean> {
    const { issuers } = await outside.state()
    return troubles.every(({ id, issuer }) => {
      const switches = issuers.find(({ code }) => code === issuer)?.switches as readonly { id: number; times: number }[]
      return (switches.find((each) => each.id === id)?.times ?? 0) < MANY
    })
  }

  return {
    async reached(afterMs = 0) {
      let seen = ''
      await waitFor(
        `a payment is where ${point.name}`,
        async () => {
          if (!(await allUsed())) return false
          const [recorded, atIssuers] = await Promise.all([stateOf(house, order), outsideStates(house, wallet)])
          seen = `(recorded: ${recorded}; issuers: ${atIssuers.join(', ')})`
          const there = recorded === point.recorded && atIssuers.join() === point.outside.join()
          return there && (!gate || (await gate.isReached()))
        },
        { withinMs: afterMs + 9_000, seen: () => seen },
      )
    },
    async lift() {
      await Promise.all(troubles.map(({ id, issuer }) => outside.clearSwitches(issuer, id)))
      if (gate) await (point.writing?.then === 'lost' ? gate.throwOut() : gate.letIn())
    },
  }
}

/** Lets the hold lapse that a point has lost. */
export async function lapse({ house }: Stage, { wallet }: Scene, { lapsed }: KillPoint): Promise<void> {
  if (lapsed === undefined) return
  const { issuer, number } = wallet.cards[lapsed - 1]!
  await house.outside.lapse(issuer, { card: number })
}

/** More messages than any switch will meet. */
const MANY = 1_000

/** The state of an order's payment as recorded, if it is. */
export async function stateOf({ owner }: House, { orderRef }: Order): Promise<PaymentState | undefined> {
  const { rows } = await owner.query<{ state: PaymentState }>('select state from payment where order_ref = $1', [
    orderRef,
  ])
  return rows[0]?.state
}

/** What each issuer's book says of the latest hold on its card. */
export async function outsideStates({ outside }: House, { cards }: Wallet): Promise<OutsideState[]> {
  return Promise.all(
    LEG_ISSUERS.map(async (issuer, index) => {
      const { holds } = await outside.book(issuer, { card: cards[index]!.number })
      return holds[0]?.state ?? 'unheard'
    }),
  )
}
