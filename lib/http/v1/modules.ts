import { z } from 'zod'
import type { Merchant } from '../../merchants/merchant'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import type { HttpGateway } from '../http-gateway'
import { type Reply, route } from '../route'
import { moduleChanges, moduleView, readChanges, viewModule } from './module-view'

export const listModules = route(
  'GET /api/v1/modules',
  {
    caller: 'merchant',
    may: 'module.see',
    summary: 'List the ways to pay, and your terms for each',
    answers: {
      200: {
        description: 'All of them',
        schema: z.strictObject({ modules: z.array(moduleView) }).meta({ id: 'ModuleList' }),
      },
    },
  },
  async ({ gateway: { merchantModules }, caller: { merchant } }): Promise<Reply> => {
    const [terms, running] = await Promise.all([
      merchantModules.termsOf(merchant.id),
      merchantModules.running(merchant.id),
    ])
    const modules = merchantModules.installed.map((each) =>
      viewModule(each, terms.get(each.code), running.get(each.code)),
    )
    return { status: 200, body: { modules } }
  },
)

export const getModule = route(
  'GET /api/v1/modules/:module',
  {
    caller: 'merchant',
    may: 'module.see',
    summary: 'See one way to pay',
    answers: { 200: { description: 'The module', schema: moduleView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller: { merchant }, params }): Promise<Reply> => shown(gateway, merchant, params.module),
)

export const registerModule = route(
  'POST /api/v1/modules/:module/register',
  {
    caller: 'merchant',
    may: 'module.change',
    summary: 'Register a module',
    description: 'It starts inactive. One that is registered already stays as it is.',
    input: z.strictObject({}).meta({ id: 'NoModuleMembers' }),
    answers: { 200: { description: 'The module', schema: moduleView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => {
    const registered = await gateway.merchantModules.register(caller.merchant.id, params.module)
    if (registered.kind === 'refused') throw new ApiError('not-found')
    await note(gateway, caller, params.module, 'registered')
    return shown(gateway, caller.merchant, params.module)
  },
)

export const changeModule = route(
  'POST /api/v1/modules/:module',
  {
    caller: 'merchant',
    may: 'module.change',
    summary: 'Activate or deactivate a module, or change your terms for it',
    description:
      'Counts for payments that begin from now on. A deactivated module takes no new payment; what runs over it, later captures and refunds finish.',
    input: moduleChanges,
    answers: { 200: { description: 'The module as it is now', schema: moduleView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params, input }): Promise<Reply> => {
    if (input.fee && gateway.settings.MODULE_FEES === 'operator') {
      await note(gateway, caller, params.module, 'fee-agreed')
      throw new ApiError('invalid-input', { errors: [wrongMember(['fee'], 'fee-agreed')] })
    }
    const changed = await gateway.merchantModules.change(caller.merchant.id, params.module, readChanges(input))
    if (changed.kind === 'refused') {
      await note(gateway, caller, params.module, changed.reason)
      if (changed.reason === 'not-installed' || changed.reason === 'not-registered') throw new ApiError('not-found')
      throw new ApiError('invalid-input', { errors: [wrongMember(MEMBER[changed.reason], 'bad-format')] })
    }
    await note(gateway, caller, params.module, 'changed')
    return shown(gateway, caller.merchant, params.module)
  },
)

const MEMBER = {
  'currency-not-accepted': ['currencies'],
  'limits-crossed': ['limits'],
  'unknown-module': ['combination', 'with'],
  'no-batches': ['schedule'],
  'group-twice': ['refunds', 'groups'],
  'wrong-settings': ['settings'],
}

async function shown({ merchantModules }: HttpGateway, merchant: Merchant, code: string): Promise<Reply> {
  const installed = merchantModules.installed.find((each) => each.code === code)
  if (!installed) throw new ApiError('not-found')
  const [terms, running] = await Promise.all([
    merchantModules.termsOf(merchant.id),
    merchantModules.running(merchant.id),
  ])
  return { status: 200, body: viewModule(installed, terms.get(code), running.get(code)) }
}

/** Writes into the merchant's audit trail what was done with an API key. */
export async function note(
  { audit }: HttpGateway,
  { merchant, apiKeyId }: { merchant: Merchant; apiKeyId: string },
  object: string,
  outcome: string,
): Promise<void> {
  const actor = { kind: 'api-key', id: apiKeyId, name: 'API', role: 'api-key' } as const
  await audit.note({ tenantId: merchant.id, actor, action: 'module.change', object, outcome })
}
