'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteSystemDeed, requireSystem, type SystemDesk } from '@/app/_glue/system'
import { fieldsOf, line, namesIn } from '@/app/merchant/_parts/typed'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { readPublicId } from '@/lib/ids'
import { currencyCodes } from '@/lib/money/currency'
import type { Schedule } from '@/lib/settlement/terms'
import { readTypedFee } from '@/app/_glue/typed-fee'
import { FIELD_OF, wrongOf } from './_parts/terms-faults'

const HERE = '/operator/settlement'

const handOf = ({ person, role }: SystemDesk) => ({ id: person.id, name: person.name, role })

async function wrong(
  what: 'words' | 'second' | 'closed' | 'unexplained' | 'same-person' | 'terms' | 'nothing' | 'fee',
): Promise<DeedAnswer> {
  const t = await getTranslations('settlement.operator.wrong')
  return { kind: 'refused', message: t(what), ...(what === 'words' && { faults: { words: t('words') } }) }
}

/** Terms that cannot be agreed on: the sentence, and at which fields. */
async function wrongTerms(names: readonly string[]): Promise<DeedAnswer> {
  const t = await getTranslations('settlement.operator.wrong')
  return {
    kind: 'refused',
    message: t('terms'),
    faults: Object.fromEntries(names.map((name) => [name, t(wrongOf(name))])),
  }
}

/** Asks every issuer for its totals now. */
export async function reconcileNow(): Promise<DeedAnswer> {
  const desk = await requireSystem('settlement.change', HERE)
  await desk.gateway.reconciliation.runNow()
  await noteSystemDeed(desk, { action: 'settlement.change', object: 'cut-over', outcome: 'asked' })
  return { kind: 'done' }
}

/**
 * Says why two books differ, or that it is settled, which takes a second person; the words are kept with the name of whoever
 * wrote them.
 */
export async function moveDifference(
  to: 'explained' | 'closed',
  difference: string,
  form: FormData,
): Promise<DeedAnswer> {
  const desk = await requireSystem('settlement.change', HERE)
  const words = z.object({ words: line(500) }).safeParse(fieldsOf(form))
  const id = readPublicId('dif', difference)
  if (!words.success || !id) return wrong('words')
  const { explain, close } = desk.gateway.reconciliation
  const moved = await (to === 'closed' ? close : explain)(id, words.data.words, handOf(desk))
  if (moved !== 'moved') return wrong(moved)
  await noteSystemDeed(desk, { action: 'settlement.change', object: difference, outcome: to })
  return { kind: 'done' }
}

/** Is the second person who agrees to where a shop is paid out. */
export async function decideAccount(merchant: string, account: string): Promise<DeedAnswer> {
  const desk = await requireSystem('settlement.change', HERE)
  const merchantId = readPublicId('mer', merchant)
  const id = readPublicId('pac', account)
  const by = handOf(desk)
  const isDone =
    merchantId && id ? await desk.gateway.settlement.decideAccount(merchantId, id, { agreed: true, by }) : false
  await noteSystemDeed(desk, { action: 'settlement.change', object: account, outcome: isDone ? 'agreed' : 'refused' })
  return isDone ? { kind: 'done' } : wrong('second')
}

const percent = z
  .string()
  .regex(/^(?:100(?:\.0{1,2})?|[0-9]{1,2}(?:\.[0-9]{1,2})?)$/)
  .transform((text) => Math.round(Number(text) * 100))
const whole = z
  .string()
  .regex(/^[0-9]{1,3}$/)
  .transform(Number)
const minor = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,14})$/)
  .transform(BigInt)

const termsForm = z.object({
  currency: z.enum(currencyCodes),
  every: z.enum(['day', 'week', 'month']),
  day: whole,
  zone: line(60),
  delayDays: whole,
  minimum: minor,
  reserve: percent,
  reserveDays: whole,
  feeFixed: minor,
  fee: percent,
  vat: percent,
  givenBack: z.literal('on').optional(),
})

/** Agrees on terms with a shop; they hold for what is taken from now on. */
export async function agreeTerms(merchant: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('settlement.change', HERE)
  const merchantId = readPublicId('mer', merchant)
  const read = termsForm.safeParse(fieldsOf(form))
  if (!read.success) return wrongTerms(namesIn(read.error))
  if (!merchantId) return wrong('terms')
  const { every, day, reserve, fee, vat, givenBack, ...terms } = read.data
  const schedule: Schedule = every === 'day' ? { every } : { every, day }
  const agreed = await desk.gateway.settlement.agree({
    ...{ ...terms, merchantId, schedule, reserveBps: reserve, feeBps: fee, vatBps: vat },
    feeGivenBack: givenBack === 'on',
  })
  if (agreed.kind === 'refused') return wrongTerms([FIELD_OF[agreed.fault]])
  await noteSystemDeed(desk, {
    ...{ action: 'settlement.change', object: merchant, outcome: 'agreed' },
    detail: { currency: terms.currency, every, fee: String(fee), reserve: String(reserve) },
  })
  return { kind: 'done' }
}

/** Agrees on what one way to pay costs a shop, from its next payment on; nothing typed means the fee of its terms. */
export async function agreeModuleFee(merchant: string, module: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireSystem('settlement.change', HERE)
  const id = readPublicId('mer', merchant)
  const shop = id && (await desk.gateway.merchants.get(id))
  const fee = shop && readTypedFee(form, shop.currencies)
  if (!fee) return wrong('fee')
  const changed = await desk.gateway.merchantModules.change(shop.id, module, { fee })
  if (changed.kind === 'refused') return wrong('fee')
  await noteSystemDeed(desk, {
    ...{ action: 'settlement.change', object: merchant, outcome: 'agreed' },
    detail: {
      module,
      fee: String(fee.bps),
      ...Object.fromEntries(Object.entries(fee.fixed).map(([c, f]) => [c, String(f)])),
    },
  })
  return { kind: 'done' }
}

/** Makes a shop's payout now, whatever its schedule. */
export async function payNow(merchant: string, currency: string): Promise<DeedAnswer> {
  const desk = await requireSystem('settlement.change', HERE)
  const merchantId = readPublicId('mer', merchant)
  const known = currencyCodes.find((one) => one === currency)
  const isBegun = merchantId && known ? await desk.gateway.settlement.payNow(merchantId, known) : false
  if (!isBegun) return wrong('nothing')
  await noteSystemDeed(desk, { action: 'settlement.change', object: merchant, outcome: 'payout-begun' })
  return { kind: 'done' }
}
