import type { Vault } from '../cards/vault'
import { DAY_MS, later } from '../clock'
import type { SmsCentre, SmsOutcome } from '../gateways/sms/sms'
import { publicId, type Uuid } from '../ids'
import { invariant } from '../invariant'
import type { DeliveryParts } from './deliver'
import { smsTopics } from './message'
import { renderSms, smsPayload } from './render-sms'
import { beginSms, forgetSms, keepSmsParts, wipeSms } from './sms-store'
import { type ClaimedMessage, putBack, recordTry, type TryResult } from './store'

export interface SmsParts extends Pick<DeliveryParts, 'database' | 'clock' | 'settings' | 'report'> {
  readonly centre: SmsCentre
  readonly vault: Pick<Vault, 'open'>
  /** Draws the digits of a one-time code and keeps their hash; undefined when it is no longer worth sending. */
  drawCode(codeId: Uuid): Promise<string | undefined>
}

/** News of yesterday is not sent at all. */
const NEWS_LIVES_MS = DAY_MS
/** A code is waited for; other news can wait longer for a centre that asks for patience. */
const PAUSE_MS = { code: 1_000, news: 15_000 } as const

/**
 * Hands an SMS to the centre, at most once for one fact: what may have reached it is never handed over again, not even
 * after this process has died. What certainly has not is tried again until it is too old.
 */
export function createSmsDelivery(parts: SmsParts): (message: ClaimedMessage) => Promise<void> {
  const { database, clock, centre, vault, settings, report, drawCode } = parts
  const { pool } = database

  return async (message) => {
    const payload = smsPayload.parse(message.payload)
    const topic = smsTopics.find((known) => known === message.topic)
    invariant(topic, 'an SMS of a known topic')
    const { merchantId, id, paymentId } = message
    const { codeId, masked, until, spoken } = payload
    const begunAt = clock.now()
    const lastMoment = until === undefined ? later(message.createdAt, NEWS_LIVES_MS) : new Date(until)

    async function end(state: 'sent' | 'failed', told: { status?: number; error?: string } = {}): Promise<void> {
      const now = clock.now()
      const durationMs = Math.round(now.getTime() - begunAt.getTime())
      const deliveries: TryResult['deliveries'] = [{ try: message.try, target: masked, ...told, durationMs, at: now }]
      await recordTry(pool, message, { state, deliveries, now })
      await wipeSms(pool, message)
    }

    if (begunAt >= lastMoment) return end('failed', { error: 'expired' })
    if (!(await beginSms(pool, message, begunAt))) {
      report('sms-outcome-unknown', { messageId: id })
      return end('failed', { error: 'unknown' })
    }
    const code = codeId === undefined ? undefined : await drawCode(codeId)
    if (codeId !== undefined && code === undefined) return end('failed', { error: 'void' })
    const sealed = { sealedNumber: Uint8Array.from(Buffer.from(payload.sealedTo, 'base64')), keyId: payload.keyId }
    const { accountId } = payload
    const to = vault.open(
      accountId === undefined
        ? { kind: 'message', ownerId: merchantId, id }
        : { kind: 'account-mobile', ownerId: accountId, id: accountId },
      sealed,
    )
    const text = renderSms(topic, payload, { timeZone: settings.TIME_ZONE, ...(code !== undefined && { code }) })
    const outcome = await centre.send({
      ...{ id: publicId('msg', id), to, text, spoken, validUntil: lastMoment },
      ...(paymentId !== null && { paymentId }),
    })
    await conclude(message, outcome, end, codeId === undefined ? PAUSE_MS.news : PAUSE_MS.code)
  }

  async function conclude(
    message: ClaimedMessage,
    outcome: SmsOutcome,
    end: (state: 'sent' | 'failed', told?: { status?: number; error?: string }) => Promise<void>,
    pauseMs: number,
  ): Promise<void> {
    switch (outcome.kind) {
      case 'taken':
        await end('sent', { status: 0 })
        return keepSmsParts(pool, message, outcome.centreIds, clock.now())
      case 'refused':
        return end('failed', { status: outcome.status })
      case 'no-answer':
        report('sms-outcome-unknown', { messageId: message.id })
        await end('failed', { error: 'no-answer' })
        return keepSmsParts(pool, message, outcome.centreIds, clock.now())
      case 'not-taken':
        await forgetSms(pool, message)
        return putBack(pool, message, later(clock.now(), pauseMs))
    }
  }
}
