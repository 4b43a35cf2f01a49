'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteSystemDeed, requireSystem, type SystemDesk } from '@/app/_glue/system'
import { fieldsOf } from '@/app/merchant/_parts/typed'
import { readTypedLimit } from '@/app/merchant/_parts/typed-limits'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { readPublicId } from '@/lib/ids'

const HERE = '/operator/phone-bill'
const EVERYBODY = { scope: 'operator' } as const

const contractForm = z.object({
  payout: z.enum(['collection', 'advance']),
  reserve: z.string().regex(/^(?:(?:100(?:\.0{1,2})?)|(?:[0-9]{1,2}(?:\.[0-9]{1,2})?))?$/),
})

function changedBy({ person }: SystemDesk) {
  return { kind: 'operator', id: person.id, name: person.name } as const
}

async function refused(): Promise<DeedAnswer> {
  const t = await getTranslations('operator.phoneBill')
  return { kind: 'refused', message: t('wrong') }
}

/** What every line may be charged at most; counts from the next purchase on (P7.2). */
export async function changeLimit(form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const typed = readTypedLimit(form)
  if (!typed) return refused()
  const { currency, limit, detail } = typed
  await desk.gateway.phoneBill.limits.set(EVERYBODY, currency, limit, changedBy(desk))
  await noteSystemDeed(desk, {
    action: 'system.change',
    object: `phone-bill limits ${currency}`,
    outcome: 'changed',
    detail,
  })
  return { kind: 'done' }
}

/** Stops the whole method at once, or lets it go on (P7.3). Refunds, files and collection are not touched. */
export async function switchMethod(stop: boolean): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const { limits } = desk.gateway.phoneBill
  await (stop ? limits.stop : limits.resume)(EVERYBODY, changedBy(desk))
  await noteSystemDeed(desk, { action: 'system.change', object: 'phone-bill', outcome: stop ? 'stopped' : 'resumed' })
  return { kind: 'done' }
}

/** Puts a purchase that a billing centre refused into the next file once more. */
export async function billAgain(merchant: string, payment: string): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const merchantId = readPublicId('mer', merchant)
  const paymentId = readPublicId('pay', payment)
  const isBilled = merchantId && paymentId && (await desk.gateway.billingFiles.rebill(merchantId, paymentId))
  if (!isBilled) return refused()
  await noteSystemDeed(desk, { action: 'system.change', object: payment, outcome: 'billed-again' })
  return { kind: 'done' }
}

/** Makes a centre's charging file now, whatever the time; a worker writes and sends it. */
export async function makeFile(centre: string): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const { settings, billingFiles } = desk.gateway
  if (!settings.BILLING_CENTRES.some(({ code }) => code === centre)) return refused()
  const sequence = await billingFiles.claimNow(centre)
  await noteSystemDeed(desk, {
    ...{ action: 'system.change', object: `charging file ${centre} ${sequence}`, outcome: 'made' },
  })
  return { kind: 'done' }
}

/** Agrees when a shop has its money; holds for purchases that begin afterwards. */
export async function agreeContract(merchant: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const merchantId = readPublicId('mer', merchant)
  const typed = contractForm.safeParse(fieldsOf(form))
  const known = merchantId && (await desk.gateway.merchants.get(merchantId))
  if (!known || !typed.success) return refused()
  const { payout, reserve } = typed.data
  const reserveBps = basisPoints(reserve)
  await desk.gateway.billing.contracts.agree(
    merchantId,
    payout === 'advance' ? { payout, reserveBps } : { payout: 'collection' },
  )
  const detail = { payout, ...(payout === 'advance' ? { reserveBps: String(reserveBps) } : {}) }
  await noteSystemDeed(desk, { action: 'system.change', object: merchant, outcome: 'phone-bill payout agreed', detail })
  return { kind: 'done' }
}

/** A percentage of at most two digits after the point, as ten-thousandths. */
function basisPoints(percent: string): number {
  const [whole = '', fraction = ''] = percent.split('.')
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
}

/** Whether a client may charge lines that were not proved to us: it answers for them by contract. */
export async function setVouching(merchant: string, client: string, vouches: boolean): Promise<DeedAnswer> {
  const desk = await requireSystem('system.change', HERE)
  const merchantId = readPublicId('mer', merchant)
  const clientId = readPublicId('ocl', client)
  const isSet = merchantId && clientId && (await desk.gateway.oauth.setVouching(merchantId, clientId, vouches))
  if (!isSet) return refused()
  const outcome = vouches ? 'vouching allowed' : 'vouching ended'
  await noteSystemDeed(desk, { action: 'system.change', object: client, outcome, detail: { merchant } })
  return { kind: 'done' }
}
