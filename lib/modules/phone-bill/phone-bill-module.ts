import { z } from 'zod'
import type { CentresTerms } from '../../billing/centre-terms'
import type { Charges } from '../../billing/charges'
import type { Codes } from '../../billing/codes'
import type { LineVault, OpenedLine } from '../../billing/line-vault'
import { payoutHold, type PayoutContracts } from '../../billing/payout-contracts'
import { ProvenLine } from '../../billing/proven-line'
import type { Calling, Telcos } from '../../gateways/telco/telco'
import type { ShopperLines } from '../../billing/shopper-lines'
import { invariant } from '../../invariant'
import type { LegToSettle, MeansPlan, PaymentModule, PlanRequest } from '../payment-module'
import { REASONS } from './translate'

/** What the shopper gives: the code that was sent to the line, and for a calling card its PIN. */
const codeInput = z.strictObject({
  codeId: z.uuid(),
  code: z.string().regex(/^[0-9]{6}$/),
  pin: z
    .string()
    .regex(/^[0-9]{4,8}$/)
    .optional(),
})

export interface PhoneBillParts {
  readonly telcos: Telcos
  readonly lineVault: LineVault
  readonly codes: Pick<Codes, 'check'>
  readonly charges: Charges
  readonly centres: CentresTerms
  readonly contracts: Pick<PayoutContracts, 'of'>
  readonly lines: Pick<ShopperLines, 'get'>
}

/**
 * A telephone line or calling card carries the amount: approved now, billed with the next telephone bill (document 000).
 * The telco is asked afresh for each purchase, and the limits are checked where the charge is written (P7.1, P7.2).
 */
export function createPhoneBillModule({
  telcos,
  lineVault,
  codes,
  charges,
  centres,
  contracts,
  lines,
}: PhoneBillParts): PaymentModule {
  async function lineOf({ means }: Pick<LegToSettle, 'means'>): Promise<OpenedLine> {
    const line = await lineVault.open(String(means['lineId']))
    invariant(line, 'the line of a leg is kept as long as the leg can move')
    return line
  }

  function planned(
    { id: lineId, system, calling }: OpenedLine,
    { amount }: Pick<PlanRequest, 'amount'>,
    given: { codeId?: string; secret?: string } = {},
  ): MeansPlan {
    const { codeId, secret } = given
    // No charging file could carry it.
    if (!centres.bills(system, amount.currency)) return { kind: 'refused', reason: 'module-unavailable' }
    const means = { lineId, issuer: system, lastFour: calling.number.slice(-4), ...(codeId ? { codeId } : {}) }
    return {
      kind: 'planned',
      legs: [{ module: 'phone-bill', amount: amount.amount, means, ...(secret ? { secret } : {}) }],
    }
  }

  return {
    code: 'phone-bill',
    timing: 'immediate',
    owedLater: true,

    async plan(request) {
      const { merchantId, paymentId, amount, input } = request
      if (input instanceof ProvenLine) {
        return planned(await lineOf({ means: { lineId: input.lineId } }), request)
      }
      const read = codeInput.safeParse(input)
      if (!read.success) return { kind: 'wrong-input' }
      const { codeId, code, pin } = read.data
      const subject = { purpose: 'payment', ownerId: merchantId, subjectId: paymentId } as const
      const verdict = await codes.check(subject, { codeId, code, amount })
      if (verdict.kind !== 'proven') return { kind: 'refused', reason: verdict.kind }
      const line = await lineOf({ means: { lineId: verdict.lineId } })
      return planned(line, request, { codeId, ...(pin ? { secret: pin } : {}) })
    },

    /** A line that the shopper has proved and still has. A calling card asks for its PIN each time, so it is none of these. */
    async planStanding(request) {
      const lineId = String(request.means['lineId'])
      const line = await lines.get(request.shopperId, lineId)
      if (line?.kind !== 'line') return { kind: 'refused', reason: 'line-not-usable' }
      return planned(await lineOf({ means: { lineId } }), request)
    },

    async authorize(leg, secret) {
      const line = await lineOf(leg)
      const { number } = line.calling
      const calling: Calling =
        line.calling.kind === 'line' ? { kind: 'line', number } : { kind: 'calling-card', number, pin: secret ?? '' }
      const answer = await telcos.authenticate({
        reference: leg.authorizeReference,
        calling,
        purchase: { tid: leg.paymentId, merchant: leg.payee.localName, description: leg.orderName, amount: leg.amount },
      })
      if (answer.kind === 'no-answer') return answer
      if (answer.kind === 'refused') return { kind: 'declined', reason: REASONS[answer.reason] }
      const { subscriberRef, lineKind, monthlyCap } = answer
      const told = { subscriberRef, lineKind, ...(monthlyCap === undefined ? {} : { monthlyCap }) }
      const codeId = leg.means['codeId']
      const held = await charges.hold(leg, line, told, codeId === undefined ? undefined : String(codeId))
      if (held.kind !== 'held') return { kind: 'declined', reason: held.reason }
      const payout = payoutHold(await contracts.of(leg.merchantId))
      return { kind: 'authorized', hold: { counterparty: centres.of(line.system).centre, ...payout } }
    },

    async capture(leg) {
      const approved = await charges.approve(leg, await lineOf(leg))
      return approved.kind === 'done' ? { kind: 'done' } : { kind: 'refused', reason: 'hold-lost' }
    },

    async void(leg) {
      const released = await charges.release(leg, await lineOf(leg))
      return released.kind === 'done' ? { kind: 'done' } : { kind: 'refused', reason: 'not-permitted' }
    },

    async refund(leg, { reference, amount }) {
      const given = await charges.giveBack(leg, await lineOf(leg), { reference, amount })
      return given.kind === 'done' ? { kind: 'done' } : { kind: 'refused', reason: 'not-permitted' }
    },

    async refundWay(place) {
      return (await charges.wayOf(place)) ?? 'by-hand'
    },
  }
}
