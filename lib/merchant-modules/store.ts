import { z } from 'zod'
import { Prisma, type MerchantModule as Row } from '../db/generated/client'
import { type Uuid, uuidAt } from '../ids'
import { currencyCodes, isCurrency } from '../money/currency'
import { refundPolicies, type ModuleTerms } from '../payments/module-terms'

type Tx = Prisma.TransactionClient

const amount = z.string().transform(BigInt)
const byCurrency = <Value extends z.ZodType>(value: Value) => z.partialRecord(z.enum(currencyCodes), value)
const limits = byCurrency(z.object({ minimum: amount.optional(), maximum: amount.optional() }))
const fixedFees = byCurrency(amount)
const refundGroups = z.array(
  z.object({ group: z.string(), policy: z.enum(refundPolicies), days: z.number().int().positive().optional() }),
)
const schedule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('daily'), at: z.string() }),
  z.object({ kind: z.literal('monthly'), day: z.number().int(), at: z.string() }),
])
const moduleSettings = z.record(z.string(), z.unknown())

/** A word that we do not know must never open what was closed. */
function termsFrom(row: Row): ModuleTerms {
  const policy = refundPolicies.find((each) => each === row.refundPolicy) ?? 'forbid'
  return {
    module: row.module,
    state: row.state === 'active' ? 'active' : 'inactive',
    position: row.position,
    currencies: row.currencies.filter(isCurrency),
    limits: limits.parse(row.limits),
    fee: { bps: row.feeBps, fixed: fixedFees.parse(row.feeFixed) },
    audience: row.audience === 'everybody' ? 'everybody' : 'listed',
    combination: combinationFrom(row),
    refunds: {
      policy,
      groups: refundGroups.parse(row.refundGroups),
      ...(row.refundDays === null ? {} : { days: row.refundDays }),
    },
    ...(row.schedule === null ? {} : { schedule: schedule.parse(row.schedule) }),
    ...(row.nextBatchAt ? { nextBatchAt: row.nextBatchAt } : {}),
    settings: moduleSettings.parse(row.settings),
    registeredAt: row.registeredAt,
    changedAt: row.changedAt,
  }
}

function combinationFrom({ combination, combinesWith }: Row): ModuleTerms['combination'] {
  if (combination === 'any') return { kind: 'any' }
  return combination === 'listed' ? { kind: 'listed', with: combinesWith } : { kind: 'alone' }
}

function columnsOf(terms: ModuleTerms) {
  const { module, state, position, audience, fee, combination, refunds, registeredAt, changedAt } = terms
  return {
    ...{ module, state, position, audience, registeredAt, changedAt },
    currencies: [...terms.currencies],
    limits: inText(terms.limits),
    feeBps: fee.bps,
    feeFixed: inText(fee.fixed),
    combination: combination.kind,
    combinesWith: combination.kind === 'listed' ? [...combination.with] : [],
    refundPolicy: refunds.policy,
    refundDays: refunds.days ?? null,
    refundGroups: inText(refunds.groups),
    schedule: terms.schedule ? inText(terms.schedule) : Prisma.DbNull,
    nextBatchAt: terms.nextBatchAt ?? null,
    settings: inText(terms.settings),
  }
}

/** As JSON holds it: amounts in decimal text. */
function inText(value: unknown): Prisma.InputJsonObject {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? each.toString() : each)),
  ) as Prisma.InputJsonObject
}

/** All that a merchant has registered, in the order in which the checkout shows them. */
export async function findTerms(tx: Tx, merchantId: Uuid): Promise<ModuleTerms[]> {
  const rows = await tx.merchantModule.findMany({
    where: { merchantId },
    orderBy: [{ position: 'asc' }, { module: 'asc' }],
  })
  return rows.map(termsFrom)
}

/** Reads the terms for a change: nobody else changes them until the transaction ends. */
export async function lockTerms(tx: Tx, merchantId: Uuid, module: string): Promise<ModuleTerms | undefined> {
  await tx.$queryRaw`select 1 from merchant_module where merchant_id = ${merchantId}::uuid and module = ${module} for update`
  const row = await tx.merchantModule.findUnique({ where: { merchantId_module: { merchantId, module } } })
  return row ? termsFrom(row) : undefined
}

/** Registers a module after those that are there; the first who does so is the one. */
export async function insertTerms(tx: Tx, merchantId: Uuid, module: string, at: Date): Promise<void> {
  await tx.$executeRaw`insert into merchant_module (merchant_id, module, position, registered_at, changed_at)
    select ${merchantId}::uuid, ${module}, coalesce(max(position), 0) + 1, ${at}, ${at}
    from merchant_module where merchant_id = ${merchantId}::uuid
    on conflict do nothing`
}

export async function updateTerms(tx: Tx, merchantId: Uuid, terms: ModuleTerms): Promise<void> {
  const { module, ...columns } = columnsOf(terms)
  await tx.merchantModule.update({ where: { merchantId_module: { merchantId, module } }, data: columns })
}

/** The rule by which payments are priced from now on; those before keep theirs. */
export async function insertFeeRule(tx: Tx, merchantId: Uuid, { module, fee }: ModuleTerms, at: Date): Promise<void> {
  await tx.merchantModuleFee.create({
    data: { merchantId, module, id: uuidAt(at), bps: fee.bps, fixed: inText(fee.fixed), since: at },
  })
}
