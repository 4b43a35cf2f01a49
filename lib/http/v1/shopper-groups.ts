import { z } from 'zod'
import type { Audience } from '../../merchant-modules/shopper-groups'
import { publicId } from '../../ids'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { idOf, idParameter, text, uuidOf } from '../fields'
import { type Reply, route } from '../route'
import { note } from './modules'
import { pathId } from './payments'

const groupView = z.strictObject({ id: idOf('grp'), name: z.string(), members: z.int() }).meta({ id: 'ShopperGroup' })
const emails = z.array(z.string().max(254)).max(1000)
const groupIds = z.array(idParameter('grp')).max(100)

const viewGroup = ({ id, name, members }: { id: string; name: string; members: number }) => ({
  ...{ id: publicId('grp', id), name, members },
})

export const listShopperGroups = route(
  'GET /api/v1/shopper-groups',
  {
    caller: 'merchant',
    may: 'module.see',
    summary: 'List your groups of shoppers',
    answers: {
      200: {
        description: 'All of them',
        schema: z.strictObject({ groups: z.array(groupView) }).meta({ id: 'ShopperGroupList' }),
      },
    },
  },
  async ({ gateway, caller: { merchant } }): Promise<Reply> => ({
    status: 200,
    body: { groups: (await gateway.merchantModules.groups(merchant.id)).map(viewGroup) },
  }),
)

export const createShopperGroup = route(
  'POST /api/v1/shopper-groups',
  {
    caller: 'merchant',
    may: 'module.change',
    summary: 'Make a group of shoppers',
    description: 'The group of that name, where there is one already.',
    input: z.strictObject({ name: text(60) }).meta({ id: 'ShopperGroupRequest' }),
    answers: { 200: { description: 'The group', schema: groupView } },
  },
  async ({ gateway, caller, input: { name } }): Promise<Reply> => {
    const { merchantModules } = gateway
    const made = await merchantModules.createGroup(caller.merchant.id, name)
    if (made) await note(gateway, caller, 'shopper group', 'created')
    const group = made ?? (await merchantModules.groups(caller.merchant.id)).find((each) => each.name === name)
    if (!group) throw new ApiError('not-found')
    return { status: 200, body: viewGroup(group) }
  },
)

export const changeShopperGroup = route(
  'POST /api/v1/shopper-groups/:groupId/members',
  {
    caller: 'merchant',
    may: 'module.change',
    summary: 'Add shoppers to a group, or take them out',
    description: 'All of them or none. Up to 1,000 at a time.',
    input: z
      .strictObject({ add: emails.optional(), remove: emails.optional() })
      .meta({ id: 'ShopperGroupMembers', description: 'E-mail addresses.' }),
    answers: { 200: { description: 'The group', schema: groupView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params, input: { add = [], remove = [] } }): Promise<Reply> => {
    const { merchantModules } = gateway
    const groupId = pathId('grp', params.groupId)
    const added = await merchantModules.addMembers(caller.merchant.id, groupId, add)
    if (added.kind === 'refused') {
      if (added.reason === 'missing') throw new ApiError('not-found')
      throw new ApiError('invalid-input', { errors: [wrongMember(['add', added.at], 'bad-format')] })
    }
    for (const email of remove) await merchantModules.removeMember(caller.merchant.id, groupId, email)
    await note(gateway, caller, 'shopper group', 'changed')
    const group = (await merchantModules.groups(caller.merchant.id)).find(({ id }) => id === groupId)
    if (!group) throw new ApiError('not-found')
    return { status: 200, body: viewGroup(group) }
  },
)

const audienceView = z
  .strictObject({
    groups: z.array(z.strictObject({ id: idOf('grp'), name: z.string() })),
    shoppers: z.array(z.string()).meta({ description: 'The first hundred by the alphabet.' }),
    shopperCount: z.int(),
  })
  .meta({ id: 'Audience' })

const viewAudience = ({ groups, ...rest }: Audience) => ({
  ...rest,
  groups: groups.map(({ id, name }) => ({ id: publicId('grp', id), name })),
})

export const getAudience = route(
  'GET /api/v1/modules/:module/audience',
  {
    caller: 'merchant',
    may: 'module.see',
    summary: 'See who is listed for a module',
    description: 'Counts where the module’s `audience` is `listed`.',
    answers: { 200: { description: 'Groups and shoppers', schema: audienceView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller: { merchant }, params }): Promise<Reply> => {
    if (!(await gateway.merchantModules.termsOf(merchant.id)).has(params.module)) throw new ApiError('not-found')
    return { status: 200, body: viewAudience(await gateway.merchantModules.audience(merchant.id, params.module)) }
  },
)

const listed = z.strictObject({ groups: groupIds.optional(), shoppers: emails.optional() })

export const changeAudience = route(
  'POST /api/v1/modules/:module/audience',
  {
    caller: 'merchant',
    may: 'module.change',
    summary: 'List who may use a module',
    input: z.strictObject({ admit: listed.optional(), exclude: listed.optional() }).meta({ id: 'AudienceChanges' }),
    answers: { 200: { description: 'Groups and shoppers', schema: audienceView } },
    errors: ['not-found'],
  },
  async ({ gateway, caller, params, input }): Promise<Reply> => {
    const { merchantModules } = gateway
    for (const deed of ['admit', 'exclude'] as const) {
      const { groups = [], shoppers = [] } = input[deed] ?? {}
      const changed = await merchantModules[deed](caller.merchant.id, params.module, {
        groupIds: groups.map((id) => uuidOf('grp', id)),
        emails: shoppers,
      })
      if (changed.kind === 'changed') continue
      if (changed.reason !== 'wrong-address') throw new ApiError('not-found')
      throw new ApiError('invalid-input', { errors: [wrongMember([deed, 'shoppers', changed.at ?? 0], 'bad-format')] })
    }
    await note(gateway, caller, `${params.module} audience`, 'changed')
    return { status: 200, body: viewAudience(await merchantModules.audience(caller.merchant.id, params.module)) }
  },
)
