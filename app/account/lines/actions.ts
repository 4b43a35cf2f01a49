'use server'

import { getLocale } from 'next-intl/server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { askerOf } from '@/app/_glue/asker'
import { runningGateway } from '@/app/_glue/gateway'
import { openSealed } from '@/app/_glue/sealed-input'
import { requirePerson } from '@/app/_glue/session'
import { codeInput, numberInput, readNumber, sendingView, wayOf } from '@/app/_glue/typed-calling'
import { isUuid } from '@/app/_glue/uuid'
import type { LineChanges } from '@/components/account/line-editor'
import type { CodeAnswer, CodeCheck } from '@/components/phone/phone-view'

const proofInput = codeInput.extend({ proofId: z.uuid() })
const nicknameInput = z.string().trim().max(40)
const limit = z.bigint().nonnegative().max(999_999_999_999n).optional()
const changesInput = z.strictObject({
  nickname: nicknameInput,
  perPurchase: limit,
  perDay: limit,
  perMonth: limit,
})

/** Sends a code to a line that somebody says is theirs. The number comes encrypted. */
export async function sendProof(message: string): Promise<CodeAnswer> {
  const [person, gateway, locale] = await Promise.all([
    requirePerson('/account/lines/new'),
    runningGateway(),
    getLocale(),
  ])
  const typed = numberInput.safeParse(await openSealed(gateway, String(message), { tid: 'line' }))
  const offer = gateway.sealedInput.offer('line')
  if (!typed.success) return { kind: 'refused', fault: 'sealed', offer }
  const calling = readNumber(typed.data)
  if (!calling) return { kind: 'refused', fault: typed.data.kind === 'line' ? 'number' : 'cardNumber', offer }
  const asker = await askerOf(gateway, person.id)
  const sent = await gateway.phoneBill.requestProof({ ownerId: person.id, calling, locale, asker })
  const view = sendingView(sent, wayOf(calling), gateway.clock.now())
  return { ...view, offer, ...(sent.kind === 'sent' && { proofId: sent.proofId }) }
}

/** Tries the code; whoever has the right one has the line in their list from now on. */
export async function addLine(message: string, nickname: string): Promise<CodeCheck> {
  const [person, gateway] = await Promise.all([requirePerson('/account/lines/new'), runningGateway()])
  const typed = proofInput.safeParse(await openSealed(gateway, String(message), { tid: 'line' }))
  const offer = gateway.sealedInput.offer('line')
  if (!typed.success) return { kind: 'refused', fault: 'sealed', offer }
  const verdict = await gateway.phoneBill.prove(person.id, typed.data)
  if (verdict.kind !== 'proven') return { kind: 'wrong', reason: verdict.kind, offer }
  await gateway.phoneBill.lines.add(person.id, verdict.lineId, nicknameInput.catch('').parse(nickname))
  revalidatePath('/account', 'layout')
  return { kind: 'proven' }
}

/** Changes the nickname and the shopper's own limits. */
export async function changeLine(lineId: string, changes: LineChanges): Promise<{ kind: 'done' | 'failed' }> {
  const [person, gateway] = await Promise.all([requirePerson(`/account/lines/${lineId}`), runningGateway()])
  const read = changesInput.safeParse(changes)
  const line = read.success && isUuid(lineId) ? await gateway.phoneBill.lines.get(person.id, lineId) : undefined
  if (!read.success || !line) return { kind: 'failed' }
  const { nickname, perPurchase, perDay, perMonth } = read.data
  await gateway.phoneBill.lines.rename(person.id, line.id, nickname)
  await gateway.phoneBill.lines.setLimit(person.id, line.id, line.use[0]?.currency ?? 'KRW', {
    ...(perPurchase !== undefined && { perPurchase }),
    ...(perDay !== undefined && { perDay }),
    ...(perMonth !== undefined && { perMonth }),
  })
  revalidatePath('/account', 'layout')
  return { kind: 'done' }
}

/** From now on nobody can pay with the line. */
export async function lockLine(lineId: string): Promise<void> {
  await toLine(lineId, 'lock')
  redirect(`/account/lines/${lineId}?done=locked`)
}

export async function unlockLine(lineId: string): Promise<void> {
  await toLine(lineId, 'unlock')
  redirect(`/account/lines/${lineId}?done=unlocked`)
}

/** Takes a line out of the list. */
export async function removeLine(lineId: string): Promise<void> {
  await toLine(lineId, 'remove')
  redirect('/account/lines?done=removed')
}

/** Another's line is a missing one: nothing happens to it. */
async function toLine(lineId: string, deed: 'lock' | 'unlock' | 'remove'): Promise<void> {
  const [person, gateway] = await Promise.all([requirePerson('/account/lines'), runningGateway()])
  if (isUuid(lineId)) await gateway.phoneBill.lines[deed](person.id, lineId)
}
