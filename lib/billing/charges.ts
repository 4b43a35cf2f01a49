import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { LineKind } from '../gateways/telco/telco'
import { composeSms, type SmsNews } from '../messages/compose-sms'
import type { OutgoingMessage } from '../messages/message'
import type { LegToSettle } from '../modules/payment-module'
import type { Money } from '../money/money'
import type { CentresTerms } from './centre-terms'
import type { ChargePlace, ChargeStore, GivenBackWay, HoldResult } from './charge-store'
import { type OpenedLine, reachOf } from './line-vault'

/** What the telco has just said of the line. */
export interface LineAnswer {
  readonly subscriberRef: string
  readonly lineKind: LineKind
  readonly monthlyCap?: bigint
}

/** Purchases on phone bills: held, approved for the next file, given back (P7). A deed repeated does nothing new. */
export interface Charges {
  /** Puts the amount on the line if every limit in force allows it; a code is used up by it. */
  hold(leg: LegToSettle, line: OpenedLine, answer: LineAnswer, codeId: string | undefined): Promise<HoldResult>
  /** From here on it will be billed; its holder is told in the same transaction (P7.3). */
  approve(leg: LegToSettle, line: OpenedLine): Promise<{ kind: 'done' | 'refused' }>
  /** Gives a hold up; one that was never made is not made afterwards. */
  release(leg: LegToSettle, line: OpenedLine): Promise<{ kind: 'done' | 'refused' }>
  /** Never billed, taken off the next bill, or paid out by people: by what has become of the charge. */
  giveBack(
    leg: LegToSettle,
    line: OpenedLine,
    refund: { reference: string; amount: Money },
  ): Promise<{ kind: 'done'; way: GivenBackWay } | { kind: 'refused' }>
  /** How a refund would come back now; undefined where nothing can be given back. */
  wayOf(place: ChargePlace): Promise<GivenBackWay | undefined>
}

export interface ChargesParts {
  readonly store: ChargeStore
  readonly clock: Clock
  readonly vault: Vault
  readonly centres: CentresTerms
  /** Where a holder says that somebody else bought this: a web address or a telephone number (P7.3). */
  readonly contact: string
}

export function createCharges({ store, clock, vault, centres, contact }: ChargesParts): Charges {
  function billedBy({ system }: OpenedLine) {
    const { centre, zone } = centres.of(system)
    return { centre, zone }
  }

  function told(leg: LegToSettle, line: OpenedLine, news: SmsNews): OutgoingMessage[] {
    const reach = reachOf(line)
    // A calling card that names no telephone has nobody to tell.
    if (!reach) return []
    const { merchantId, locale } = leg
    return [composeSms(vault, { ...reach, merchantId, locale, at: clock.now() }, news)]
  }

  const newsOf = ({ payee, orderName }: LegToSettle, total: Money) => ({ shop: payee.localName, orderName, total })

  return {
    hold: (leg, line, answer, codeId) =>
      store.hold({
        ...placeOf(leg),
        ...answer,
        ...whole(leg),
        lineId: line.id,
        ...billedBy(line),
        at: clock.now(),
        ...(codeId ? { codeId } : {}),
      }),
    approve: (leg, line) =>
      store.approve(
        placeOf(leg),
        clock.now(),
        told(leg, line, { topic: 'phone-purchase', objectAt: contact, ...newsOf(leg, leg.amount) }),
      ),
    release: (leg, line) =>
      store.release({
        ...placeOf(leg),
        ...whole(leg),
        lineId: line.id,
        system: line.system,
        ...billedBy(line),
        at: clock.now(),
      }),
    giveBack: (leg, line, { reference, amount }) =>
      store.giveBack(placeOf(leg), {
        reference,
        amount: amount.amount,
        at: clock.now(),
        // Which way it comes back is known under the charge's lock, and written into the message there.
        messages: told(leg, line, {
          topic: 'phone-refund',
          way: 'not-billed',
          objectAt: contact,
          ...newsOf(leg, amount),
        }),
      }),
    wayOf: (place) => store.wayOf(placeOf(place)),
  }
}

function placeOf({ merchantId, paymentId, attempt, leg }: ChargePlace): ChargePlace {
  return { merchantId, paymentId, attempt, leg }
}

function whole({ amount: { amount, currency }, orderName }: LegToSettle) {
  return { amount, currency, description: orderName }
}
