import { z } from 'zod'
import type { SignatureContract } from '../../merchants/merchant'
import { ApiError } from '../errors'
import type { HttpGateway } from '../http-gateway'
import { type Reply, route } from '../route'
import { ownPayment } from './payments'

const asked = z.enum(['required', 'none'])

const contractView = z
  .strictObject({
    signedLink: asked.meta({
      description: 'Whether your server signs the link that brings a shopper to the checkout.',
    }),
    confirmation: asked.meta({ description: 'Whether your server agrees to payment and amount before money moves.' }),
    signedCancel: asked.meta({ description: 'Whether your server cancels and refunds by signed messages only.' }),
    confirmationLine: z
      .enum(['public', 'mutual'])
      .meta({ description: 'mutual: both sides of the confirmation show certificates of authorities agreed upon.' }),
    refundBeyondBalance: z
      .enum(['allow', 'queue'])
      .meta({ description: 'queue: a refund that what is owed to you does not cover waits until it does.' }),
  })
  .meta({ id: 'SignatureContract', description: 'Holds for every means of payment.' })

export const getContract = route(
  'GET /api/v1/contract',
  {
    caller: 'merchant',
    may: 'contract.see',
    summary: 'See which signatures your contract asks for',
    answers: { 200: { description: 'The contract', schema: contractView } },
  },
  async ({ gateway, caller }): Promise<Reply> => ({
    status: 200,
    body: await contractOf(gateway, caller.merchant.id),
  }),
)

const strengthening = z
  .strictObject({
    signedLink: z.literal('required').optional(),
    confirmation: z.literal('required').optional(),
    signedCancel: z.literal('required').optional(),
    confirmationLine: z.literal('mutual').optional(),
    refundBeyondBalance: z.literal('queue').optional(),
  })
  .meta({ id: 'ContractStrengthening' })

export const strengthenContract = route(
  'POST /api/v1/contract',
  {
    caller: 'merchant',
    may: 'contract.strengthen',
    summary: 'Ask for more signatures',
    description:
      'Only ever more: a stolen API key must not be able to switch signatures off. Owners do that in the portal. What the contract asks for has to be in place: a signature key, a confirmation address, an authority of your server.',
    input: strengthening,
    answers: { 200: { description: 'The contract as it is now', schema: contractView } },
    errors: ['contract-not-ready'],
  },
  async ({ gateway, caller, input }): Promise<Reply> => {
    const changes = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
    const changed = await gateway.contracts.change(caller.merchant.id, changes)
    if (changed.kind === 'refused') throw new ApiError('contract-not-ready')
    return { status: 200, body: changed.contract }
  },
)

const link = z
  .strictObject({ url: z.url(), expiresAt: z.iso.datetime() })
  .meta({ id: 'CheckoutLink', description: 'Good once.' })

export const createCheckoutLink = route(
  'POST /api/v1/payments/:paymentId/links',
  {
    caller: 'merchant',
    may: 'payment.create',
    summary: 'Have the link to the checkout signed by Moa',
    description:
      'For shops whose contract does not ask them to sign it themselves (`signedLink`: `none`). Make one for each redirect: it is good once, for ten minutes.',
    input: z.strictObject({}).meta({ id: 'NoMembers' }),
    answers: { 201: { description: 'Where to send the shopper', schema: link } },
    errors: ['not-found', 'signature-required'],
  },
  async ({ gateway, caller, params }): Promise<Reply> => {
    const payment = await ownPayment(gateway, caller, params.paymentId)
    const { signedLink } = await contractOf(gateway, caller.merchant.id)
    if (signedLink === 'required') throw new ApiError('signature-required')
    const { url, expiresAt } = await gateway.checkoutLinks.make(payment)
    return { status: 201, body: { url, expiresAt: expiresAt.toISOString() } }
  },
)

/** @throws ApiError signature-required when the shop's server cancels and refunds by signed messages only */
export async function refuseUnsignedCancel(gateway: HttpGateway, merchantId: string): Promise<void> {
  const { signedCancel } = await contractOf(gateway, merchantId)
  if (signedCancel === 'required') throw new ApiError('signature-required')
}

async function contractOf({ contracts }: HttpGateway, merchantId: string): Promise<SignatureContract> {
  const contract = await contracts.of(merchantId)
  if (!contract) throw new ApiError('not-found')
  return contract
}
