'use server'

import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import { askerOf } from '@/app/_glue/asker'
import { runningGateway } from '@/app/_glue/gateway'
import { openSealed } from '@/app/_glue/sealed-input'
import { codeInput, numberInput, readNumber, sendingView, wayOf } from '@/app/_glue/typed-calling'
import type { ConsentCheck } from '@/components/oauth/line-consent'
import type { CodeAnswer } from '@/components/phone/phone-view'
import type { Gateway } from '@/lib/gateway'
import { answerAt, type Authorization, type Query, readAuthorization } from '@/lib/oauth/authorization'
import { issuerOf } from './issuer'

const proofInput = codeInput.extend({ proofId: z.uuid() })

/** What the client asks, read again: a page is only a courier (P5.5). */
async function askedOf(gateway: Gateway, query: Query): Promise<Authorization | undefined> {
  const read = await readAuthorization(gateway.oauth, query, issuerOf(gateway))
  return read.kind === 'asked' ? read.authorization : undefined
}

/** Sends a code to the line that somebody says is theirs. The number comes encrypted. */
export async function sendCode(query: Query, message: string): Promise<CodeAnswer> {
  const [gateway, locale] = await Promise.all([runningGateway(), getLocale()])
  const authorization = await askedOf(gateway, query)
  const typed = numberInput.safeParse(await openSealed(gateway, String(message), { tid: 'line' }))
  const offer = gateway.sealedInput.offer('line')
  if (!authorization || !typed.success) return { kind: 'refused', fault: 'sealed', offer }
  const calling = readNumber(typed.data)
  if (!calling || calling.kind !== 'line') return { kind: 'refused', fault: 'number', offer }
  const ownerId = authorization.client.id
  const asker = await askerOf(gateway)
  const sent = await gateway.phoneBill.requestProof({ ownerId, calling, locale, asker })
  const view = sendingView(sent, wayOf(calling), gateway.clock.now())
  return { ...view, offer, ...(sent.kind === 'sent' && { proofId: sent.proofId }) }
}

/** Tries the code; the right one is the person's word, and the client gets a code of its own for it. */
export async function agreeToClient(query: Query, message: string): Promise<ConsentCheck> {
  const gateway = await runningGateway()
  const authorization = await askedOf(gateway, query)
  const typed = proofInput.safeParse(await openSealed(gateway, String(message), { tid: 'line' }))
  const offer = gateway.sealedInput.offer('line')
  if (!authorization || !typed.success) return { kind: 'refused', fault: 'sealed', offer }
  const { client, redirectUri, codeChallenge, scopes } = authorization
  const verdict = await gateway.phoneBill.prove(client.id, typed.data)
  if (verdict.kind !== 'proven') return { kind: 'wrong', reason: verdict.kind, offer }
  const line = await gateway.billing.lineVault.open(verdict.lineId)
  if (!line) return { kind: 'refused', fault: 'failed', offer }
  const { number } = line.calling
  const code = await gateway.oauth.agree({ clientId: client.id, redirectUri, codeChallenge, scopes, number })
  return { kind: 'proven', next: answerAt(authorization, { code }, issuerOf(gateway)) }
}
