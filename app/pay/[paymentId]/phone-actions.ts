'use server'

import { z } from 'zod'
import { askerOf } from '@/app/_glue/asker'
import { openCheckout } from '@/app/_glue/checkout'
import type { OpenCheckout } from '@/app/_glue/checkout'
import { openSealed } from '@/app/_glue/sealed-input'
import { callingInput, codeInput, ownInput, readCalling, sendingView, wayOf } from '@/app/_glue/typed-calling'
import type { CodeAnswer, CodeCheck, CodeWay, PhoneFault } from '@/components/phone/phone-view'
import type { CodeRequest } from '@/lib/billing/phone-bill'
import { money } from '@/lib/money/money'

const wanted = z.discriminatedUnion('kind', [...callingInput.options, ownInput])
const amountInput = z.bigint().positive()

const refused = (fault: PhoneFault) => ({ kind: 'refused', fault }) as const

/** Sends a code for the part of the payment that is to go on a phone bill. The number comes encrypted. */
export async function sendCode(id: string, message: string, amount: bigint): Promise<CodeAnswer> {
  const checkout = await openCheckout(id)
  if (!checkout) return refused('gone')
  const answer = await sendFor(checkout, id, { message, amount })
  return { ...answer, offer: checkout.gateway.sealedInput.offer(id) }
}

async function sendFor(
  checkout: OpenCheckout,
  id: string,
  given: { readonly message: string; readonly amount: bigint },
): Promise<CodeAnswer> {
  const { gateway, payment, person } = checkout
  const { merchantId, currency } = payment
  const amount = amountInput.safeParse(given.amount)
  const typed = wanted.safeParse(await openSealed(gateway, given.message, { tid: id, tenantId: merchantId }))
  if (!typed.success || !amount.success) return refused('sealed')
  const line = await lineFrom(checkout, typed.data)
  if (!line) return refused(typed.data.kind === 'calling-card' ? 'cardNumber' : 'number')
  const { way, ...calling } = line
  const sent = await gateway.phoneBill.requestCode({
    ...{ merchantId, paymentId: payment.id, amount: money(amount.data, currency), ...calling },
    ...(person && { shopperId: person.id }),
    asker: await askerOf(gateway, person?.id),
  })
  return sendingView(sent, way, gateway.clock.now())
}

async function lineFrom(
  { gateway, person }: OpenCheckout,
  typed: z.output<typeof wanted>,
): Promise<(Pick<CodeRequest, 'calling' | 'subscriber'> & { readonly way: CodeWay }) | undefined> {
  if (typed.kind !== 'own') {
    const read = readCalling(typed)
    return read && { ...read, way: wayOf(read.calling) }
  }
  const { lineId, pin } = typed
  const own = person && (await gateway.phoneBill.lines.get(person.id, lineId))
  return own && { calling: { kind: 'own', lineId, ...(pin && { pin }) }, way: 'own' }
}

/** Tries the code before anything is paid; whoever has the right one is told what the line may still be charged. */
export async function checkCode(id: string, message: string, amount: bigint): Promise<CodeCheck> {
  const checkout = await openCheckout(id)
  if (!checkout) return refused('gone')
  const { gateway, payment } = checkout
  const { merchantId, currency } = payment
  const offer = gateway.sealedInput.offer(id)
  const share = amountInput.safeParse(amount)
  const typed = codeInput.safeParse(await openSealed(gateway, message, { tid: id, tenantId: merchantId }))
  if (!typed.success || !share.success) return { ...refused('sealed'), offer }
  const checked = await gateway.phoneBill.offer.checkCode({
    ...{ merchantId, paymentId: payment.id, amount: money(share.data, currency) },
    ...typed.data,
  })
  if (checked.kind !== 'proven') {
    return { kind: 'wrong', reason: checked.kind, triesLeft: checked.triesLeft, offer }
  }
  const { limit, used } = checked.use ?? {}
  const room =
    limit !== undefined && used !== undefined ? { limit, currency, left: limit > used ? limit - used : 0n } : undefined
  return { kind: 'proven', offer, ...(room && { room }) }
}
