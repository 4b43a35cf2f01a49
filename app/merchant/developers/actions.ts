'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { type Desk, noteDeed, requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { publicId, readPublicId } from '@/lib/ids'
import type { SavedEndpoint } from '@/lib/merchants/endpoints'
import { readReturnAddresses } from '@/lib/merchants/return-addresses'
import { webhookTopics } from '@/lib/messages/message'
import { fieldsOf, line } from '../_parts/typed'
import { testResult } from './_parts/test-result'
import { refused } from './refused'

const HERE = '/merchant/developers'
const DONE: DeedAnswer = { kind: 'done' }

const apiKeyForm = z.object({ name: line(60), mode: z.enum(['test', 'live']) })
const returnAddressesForm = z.object({ addresses: z.string().max(12_000) })
const addressForm = z.object({ url: z.string().trim().max(500) })

export async function createApiKey(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('api-key.change', HERE)
  const typed = apiKeyForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('name')
  const { key, secret } = await desk.gateway.merchants.createApiKey(desk.merchant.id, typed.data)
  const detail = { mode: key.mode, name: key.name }
  await noteDeed(desk, { action: 'api-key.change', object: publicId('key', key.id), outcome: 'created', detail })
  return { kind: 'done', secret }
}

export async function revokeApiKey(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('api-key.change', HERE)
  const keyId = readPublicId('key', id)
  const isRevoked = keyId ? await desk.gateway.merchants.revokeApiKey(desk.merchant.id, keyId) : false
  if (!keyId || !isRevoked) return refused('missing')
  await noteDeed(desk, { action: 'api-key.change', object: id, outcome: 'revoked' })
  return DONE
}

export async function saveConfirmationUrl(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', HERE)
  const typed = addressForm.safeParse(fieldsOf(form))
  const url = typed.success ? typed.data.url : ''
  const fault = desk.gateway.outgoing.faultOf(url)
  if (fault) return refused(fault)
  const detail = { from: desk.merchant.confirmationUrl ?? '', to: url }
  await desk.gateway.merchants.change(desk.merchant.id, { confirmationUrl: url })
  await noteDeed(desk, { action: 'merchant.change', object: 'confirmation-url', outcome: 'changed', detail })
  return DONE
}

/** Asks the confirmation address about an order that does not exist, and shows step by step what came back. */
export async function testConfirmation(): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', HERE)
  const test = await desk.gateway.confirmationTests.run(desk.merchant.id)
  if (test.kind !== 'tested') return refused(test.kind === 'too-many' ? 'test-limit' : 'no-address')
  const fault = test.steps.find(({ state }) => state !== 'good')
  await noteDeed(desk, {
    ...{ action: 'merchant.change', object: 'confirmation-url' },
    outcome: fault ? `tested: ${fault.finding}` : 'tested: in order',
  })
  const [t, content] = await Promise.all([getTranslations('merchant.confirmation.test'), testResult(test, desk.locale)])
  return { kind: 'done', shown: { title: t('found'), content } }
}

export async function saveReturnAddresses(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('merchant.change', HERE)
  const typed = returnAddressesForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('bad-return-url')
  const read = readReturnAddresses(typed.data.addresses)
  if (read.kind === 'refused') {
    const t = await getTranslations('merchant.fault')
    return { kind: 'refused', message: read.address ? `${t(read.reason)} (${read.address})` : t(read.reason) }
  }
  const detail = { from: desk.merchant.returnUrls.join(' '), to: read.addresses.join(' ') }
  await desk.gateway.merchants.change(desk.merchant.id, { returnUrls: read.addresses })
  await noteDeed(desk, { action: 'merchant.change', object: 'return-addresses', outcome: 'changed', detail })
  return DONE
}

export async function createEndpoint(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('endpoint.change', HERE)
  const typed = addressForm.safeParse(fieldsOf(form))
  const url = typed.success ? typed.data.url : ''
  const topics = topicsOf(form)
  if (!topics) return refused('no-topics')
  return answered(desk, await desk.gateway.endpoints.create(desk.merchant.id, { url, topics }), 'created')
}

export async function changeEndpoint(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('endpoint.change', HERE)
  const endpointId = readPublicId('we', id)
  const typed = addressForm.safeParse(fieldsOf(form))
  const url = typed.success ? typed.data.url : ''
  const topics = topicsOf(form)
  if (!endpointId) return refused('missing')
  if (!topics) return refused('no-topics')
  return answered(desk, await desk.gateway.endpoints.change(desk.merchant.id, endpointId, { url, topics }), 'changed')
}

export async function switchEndpoint(id: string, enabled: boolean): Promise<DeedAnswer> {
  const desk = await requireDesk('endpoint.change', HERE)
  const endpointId = readPublicId('we', id)
  if (!endpointId) return refused('missing')
  const saved = await desk.gateway.endpoints.change(desk.merchant.id, endpointId, { enabled })
  return answered(desk, saved, enabled ? 'switched-on' : 'switched-off')
}

/** A new key beside the old one, or the old one dropped. */
export async function rotateEndpointKey(id: string, step: 'add' | 'drop'): Promise<DeedAnswer> {
  const desk = await requireDesk('endpoint.change', HERE)
  const endpointId = readPublicId('we', id)
  const { endpoints } = desk.gateway
  const change = step === 'add' ? endpoints.rotateKey : endpoints.dropOldKeys
  if (!endpointId || !(await change(desk.merchant.id, endpointId))) return refused('missing')
  await noteDeed(desk, {
    action: 'endpoint.change',
    object: id,
    outcome: step === 'add' ? 'key-added' : 'keys-dropped',
  })
  return DONE
}

export async function removeEndpoint(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('endpoint.change', HERE)
  const endpointId = readPublicId('we', id)
  if (!endpointId || !(await desk.gateway.endpoints.remove(desk.merchant.id, endpointId))) return refused('missing')
  await noteDeed(desk, { action: 'endpoint.change', object: id, outcome: 'removed' })
  return DONE
}

async function answered(desk: Desk, saved: SavedEndpoint, outcome: string): Promise<DeedAnswer> {
  if (saved.kind === 'missing') return refused('missing')
  if (saved.kind === 'refused') return refused(saved.reason)
  const { id, url } = saved.endpoint
  await noteDeed(desk, { action: 'endpoint.change', object: publicId('we', id), outcome, detail: { url } })
  return DONE
}

/** Every topic ticked is kept as none, which means all: later topics are then sent too. Undefined: none was ticked. */
function topicsOf(form: FormData): string[] | undefined {
  const topics = form.getAll('topic').map(String)
  if (topics.length === 0) return undefined
  return topics.length === webhookTopics.length ? [] : topics
}
