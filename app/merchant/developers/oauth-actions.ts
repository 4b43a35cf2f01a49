'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { publicId, readPublicId } from '@/lib/ids'
import { isScope } from '@/lib/oauth/oauth-client'
import { fieldsOf, line } from '../_parts/typed'

const HERE = '/merchant/developers'

const clientForm = z.object({ name: line(60), redirects: z.string().max(5000) })

async function refused(why: Parameters<Awaited<ReturnType<typeof faults>>>[0]): Promise<DeedAnswer> {
  const t = await faults()
  return { kind: 'refused', message: t(why) }
}

function faults() {
  return getTranslations('merchant.fault')
}

/** Makes a client of the CAMARA interface; whether it may charge lines unproved is not the merchant's to say. */
export async function createOAuthClient(form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('oauth-client.change', HERE)
  const typed = clientForm.safeParse(fieldsOf(form))
  if (!typed.success) return refused('name')
  const scopes = form.getAll('scope').map(String).filter(isScope)
  if (scopes.length === 0) return refused('no-scopes')
  const redirectUris = typed.data.redirects.split('\n')
  const made = await desk.gateway.oauth.createClient(desk.merchant.id, { name: typed.data.name, scopes, redirectUris })
  if (made.kind === 'refused') return refused(made.reason)
  const { client, secret } = made
  const detail = { name: client.name, scopes: scopes.join(' ') }
  const object = publicId('ocl', client.id)
  await noteDeed(desk, { action: 'oauth-client.change', object, outcome: 'created', detail })
  return { kind: 'done', secret }
}

export async function revokeOAuthClient(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('oauth-client.change', HERE)
  const clientId = readPublicId('ocl', id)
  if (!clientId || !(await desk.gateway.oauth.revokeClient(desk.merchant.id, clientId))) return refused('missing')
  await noteDeed(desk, { action: 'oauth-client.change', object: id, outcome: 'revoked' })
  return { kind: 'done' }
}
