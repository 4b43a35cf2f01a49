import { z } from 'zod'
import { flowDocument } from '../../flows/flow-document'
import type { FlowFault } from '../../flows/flow-faults'
import { type FlowStep, flowSteps } from '../../flows/flow-steps'
import { ApiError } from '../errors'
import { type FieldError, wrongMember } from '../field-errors'
import { amountText, currency, moment, text } from '../fields'
import { type Reply, route } from '../route'

const version = z.int().min(0).meta({ description: '0: the flow that every shop begins with.' })

const flowView = z
  .strictObject({ version, document: flowDocument })
  .meta({ id: 'Flow', description: 'What happens to each payment between opening and taking it.' })

export const getFlow = route(
  'GET /api/v1/flow',
  {
    caller: 'merchant',
    may: 'flow.see',
    summary: 'See the flow in force',
    description: 'Payments that begin now follow it. Those under way keep the one that they began with.',
    answers: { 200: { description: 'The flow', schema: flowView } },
  },
  async ({ gateway, caller }): Promise<Reply> => {
    const { version: inForce, document } = await gateway.flows.inForce(caller.merchant.id)
    return { status: 200, body: { version: inForce, document } }
  },
)

const versionView = z
  .strictObject({ version, document: flowDocument, note: z.string(), author: z.string(), createdAt: moment })
  .meta({ id: 'FlowVersion', description: 'Never changed once it is written.' })

const versionQuery = z.strictObject({
  after: z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/, 'bad-format')
    .optional()
    .meta({ description: 'The last version of the page before.' }),
})

const VERSIONS = 20

export const listFlowVersions = route(
  'GET /api/v1/flow/versions',
  {
    caller: 'merchant',
    may: 'flow.see',
    summary: 'List the versions of the flow, newest first',
    query: versionQuery,
    answers: {
      200: {
        description: 'One page',
        schema: z
          .strictObject({ versions: z.array(versionView), next: z.string().nullable() })
          .meta({ id: 'FlowVersionPage' }),
      },
    },
  },
  async ({ gateway, caller, query }): Promise<Reply> => {
    const before = query.after === undefined ? undefined : Number(query.after)
    const found = await gateway.flows.list(caller.merchant.id, { before, limit: VERSIONS + 1 })
    const versions = found
      .slice(0, VERSIONS)
      .map(({ createdAt, ...each }) => ({ ...each, createdAt: createdAt.toISOString() }))
    return {
      status: 200,
      body: { versions, next: found.length > VERSIONS ? String(versions.at(-1)!.version) : null },
    }
  },
)

export const proposeFlow = route(
  'POST /api/v1/flow/versions',
  {
    caller: 'merchant',
    may: 'flow.propose',
    summary: 'Write a new version of the flow',
    description:
      'It changes nothing until an owner puts it in force in the portal: an API key that was stolen must not be able to take approvals away.',
    input: z.strictObject({ document: flowDocument, note: text(200) }).meta({ id: 'FlowProposal' }),
    answers: {
      201: { description: 'The version', schema: z.strictObject({ version }).meta({ id: 'FlowProposed' }) },
    },
  },
  async ({ gateway, caller, input }): Promise<Reply> => {
    const saved = await gateway.flows.save(caller.merchant.id, { ...input, author: 'API' })
    if (saved.kind === 'refused') throw new ApiError('invalid-input', { errors: saved.faults.map(fieldError) })
    return { status: 201, body: { version: saved.version } }
  },
)

const FIELD_CODES = {
  'needs-confirmation-address': 'needs-confirmation-address',
  'needs-signature-key': 'needs-signature-key',
  'currency-not-accepted': 'currency-not-accepted',
  'rule-twice': 'said-twice',
  'hook-twice': 'said-twice',
  'too-few-people': 'too-few-people',
  'bad-url': 'bad-format',
  'not-https': 'address-not-callable',
  'not-public': 'address-not-callable',
} as const

function fieldError({ at, code }: FlowFault): FieldError {
  const path = at.split('.').map((part) => (/^[0-9]+$/.test(part) ? Number(part) : part))
  return wrongMember(['document', ...path], FIELD_CODES[code])
}

const dryRunInput = z
  .strictObject({
    document: flowDocument.optional().meta({ description: 'The flow in force when absent.' }),
    amount: amountText,
    currency,
    capture: z.enum(['automatic', 'manual']).optional().meta({ description: 'As the request would say it.' }),
    deferred: z.boolean().default(false).meta({ description: 'Whether a part of it would be paid later.' }),
  })
  .meta({ id: 'FlowDryRun' })

const stepView = z
  .looseObject({
    step: z.enum(['open', 'hook', 'authorize', 'confirm', 'approve', 'approval', 'wait', 'capture', 'await', 'notify']),
  })
  .meta({ id: 'FlowStep' })

export const dryRunFlow = route(
  'POST /api/v1/flow/dry-run',
  {
    caller: 'merchant',
    may: 'flow.see',
    summary: 'Say step by step what would happen to a payment',
    description: 'Nothing is written, and nobody is asked.',
    input: dryRunInput,
    answers: {
      200: {
        description: 'The steps, in order',
        schema: z.strictObject({ steps: z.array(stepView) }).meta({ id: 'FlowSteps' }),
      },
    },
  },
  async ({ gateway, caller: { merchant }, input }): Promise<Reply> => {
    const document = input.document ?? (await gateway.flows.inForce(merchant.id)).document
    const steps = flowSteps(
      document,
      { contractConfirms: merchant.confirmation === 'required' },
      {
        amount: BigInt(input.amount),
        currency: input.currency,
        capture: input.capture,
        isDeferred: input.deferred,
      },
    )
    return { status: 200, body: { steps: steps.map(viewStep) } }
  },
)

function viewStep({ kind, ...facts }: FlowStep) {
  return { step: kind, ...facts }
}
