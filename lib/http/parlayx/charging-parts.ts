import type { Uuid } from '../../ids'
import { isCurrency } from '../../money/currency'
import { minorUnitsOf } from '../../money/decimal'
import { divideByRatio } from '../../money/divide'
import type { Money } from '../../money/money'
import type { Application, ApplicationCaller } from '../../open-service/application'
import { findAccount, readEndUser } from '../../parlayx/end-user'
import { policyException, serviceException } from '../../parlayx/faults'
import { rate, type VolumeTariff } from '../../parlayx/rating'
import type { HttpGateway } from '../http-gateway'
import { readLine } from './read-parts'

const LONGEST_DESCRIPTION = 200
// More parts than this are a sign of a program that has lost its way.
const MOST_SHARES = 50
/** The largest volume whose price is still an amount. */
const LARGEST_VOLUME = 999_999_999_999n

/** ChargingInformation as it is sent. */
export interface Charge {
  readonly description: string
  readonly currency?: string
  readonly amount?: string
  readonly code?: string
}

export interface ReadCharge {
  readonly amount: Money
  readonly description: string
}

/** Whose references these are: one application's never meet another's. */
export const requesterOf = ({ id }: Application): string => id

/**
 * What is to be charged: the amount, or the price of the code. Without a currency it is the first that the merchant takes.
 * @throws ParlayFault SVC0007 for what is neither or both, POL0001 above what the application may charge
 */
export async function readCharge(
  { openService }: Pick<HttpGateway, 'openService'>,
  caller: ApplicationCaller,
  charge: Charge,
): Promise<ReadCharge> {
  const description = readLine('description', charge.description, LONGEST_DESCRIPTION)
  const { amount, code } = charge
  if ((amount === undefined) === (code === undefined || code === '')) throw serviceException('SVC0007')
  if (amount !== undefined) return { description, amount: within(caller, readAmount(caller, amount, charge.currency)) }
  const tariff = await openService.tariff(caller.application.id, code ?? '')
  const fits = tariff && tariff.perVolume === undefined && (charge.currency ?? tariff.currency) === tariff.currency
  if (!fits) throw serviceException('SVC0007')
  return { description, amount: within(caller, { amount: tariff.price, currency: tariff.currency }) }
}

/** @throws ParlayFault SVC0007 for what is no amount of a currency that the merchant takes */
export function readAmount({ merchant }: ApplicationCaller, text: string, named: string | undefined): Money {
  const currency = named ?? merchant.currencies[0] ?? ''
  if (!isCurrency(currency) || !merchant.currencies.includes(currency)) throw serviceException('SVC0007')
  const minor = minorUnitsOf(text, currency)
  if (typeof minor !== 'bigint') throw serviceException('SVC0007')
  return { amount: minor, currency }
}

/** @throws ParlayFault POL0001 */
export function within({ application: { largestCharge } }: ApplicationCaller, money: Money): Money {
  if (!largestCharge) return money
  const fits = money.currency === largestCharge.currency && money.amount <= largestCharge.amount
  if (!fits) throw policyException('POL0001', 'charge-limit')
  return money
}

interface Property {
  readonly name: string
  readonly value: string
}

export interface Rating extends VolumeTariff {
  readonly currency: Money['currency']
}

/**
 * The tariff of a volume: the one that the property `service` names, or the application's only one. A `unit` that is said
 * must be the tariff's.
 * @throws ParlayFault SVC0002 for other properties, SVC0007 where there is no such tariff
 */
export async function readRating(
  { openService }: Pick<HttpGateway, 'openService'>,
  { application }: ApplicationCaller,
  parameters: readonly Property[],
): Promise<Rating> {
  const known = new Map(parameters.map(({ name, value }) => [name, value]))
  const isStrange = [...known.keys()].some((name) => name !== 'service' && name !== 'unit')
  if (isStrange || known.size < parameters.length) throw serviceException('SVC0002', 'parameters')
  const [service, unit] = [known.get('service'), known.get('unit')]
  const tariffs = (await openService.tariffs(application.id)).flatMap((tariff) =>
    tariff.perVolume === undefined ? [] : [{ ...tariff, perVolume: tariff.perVolume }],
  )
  const [tariff, another] = tariffs.filter(({ code }) => service === undefined || code === service)
  if (!tariff || another || (unit !== undefined && unit !== tariff.unit)) throw serviceException('SVC0007')
  return tariff
}

/** @throws ParlayFault SVC0002 */
export function readVolume(volume: bigint): bigint {
  if (volume < 1n || volume > LARGEST_VOLUME) throw serviceException('SVC0002', 'volume')
  return volume
}

/** What a volume costs. */
export function priceOf(caller: ApplicationCaller, rating: Rating, volume: bigint): Money {
  const amount = rate(rating, readVolume(volume))
  if (amount > LARGEST_VOLUME) throw serviceException('SVC0002', 'volume')
  return within(caller, { amount, currency: rating.currency })
}

/**
 * The account that is to be charged. One that is not there, or out of reach, is answered as one that cannot pay (P6.7).
 * @throws ParlayFault SVC0002 for what is no identifier, SVC0270 for one that leads nowhere
 */
export async function accountToCharge(
  { accounts }: Pick<HttpGateway, 'accounts'>,
  caller: ApplicationCaller,
  identifier: string,
): Promise<{ readonly accountId: Uuid; readonly ownOnly: boolean }> {
  const user = readEndUser(identifier)
  if (!user) throw serviceException('SVC0002', 'endUserIdentifier')
  const ownOnly = caller.application.reach === 'own'
  // By our own name of it there is nothing to look up: the charge itself finds out whether it is there.
  if (user.kind === 'account') return { accountId: user.id, ownOnly }
  const account = await findAccount(accounts, caller, user)
  if (!account) throw serviceException('SVC0270')
  return { accountId: account.id, ownOnly }
}

interface Share {
  readonly endUserIdentifier: string
  readonly percent: number
}

/**
 * Divides an amount over its payers, whose percents are a hundred together; each account stands in it once.
 * @throws ParlayFault
 */
export async function readShares(
  gateway: Pick<HttpGateway, 'accounts'>,
  caller: ApplicationCaller,
  shares: readonly Share[],
  { amount }: Money,
): Promise<{ readonly accountId: Uuid; readonly amount: bigint }[]> {
  const total = shares.reduce((sum, { percent }) => sum + percent, 0)
  const fits = shares.length <= MOST_SHARES && total === 100 && shares.every(({ percent }) => percent > 0)
  if (!fits) throw serviceException('SVC0002', 'splitInfo')
  const amounts = divideByRatio(
    amount,
    shares.map(({ percent }) => BigInt(percent)),
  )
  if (amounts.some((part) => part === 0n)) throw serviceException('SVC0007')
  const accounts = await Promise.all(
    shares.map(({ endUserIdentifier }) => accountToCharge(gateway, caller, endUserIdentifier)),
  )
  if (new Set(accounts.map(({ accountId }) => accountId)).size < shares.length) {
    throw serviceException('SVC0002', 'splitInfo')
  }
  return accounts.map(({ accountId }, index) => ({ accountId, amount: amounts[index]! }))
}

interface Judged {
  readonly kind: string
}

/**
 * What an application is answered whose charge was judged. Why an account could not be charged is between us and its
 * holder (P6.7).
 * @throws ParlayFault SVC0270 when it was refused, SVC0002 when its reference belongs to another request
 */
export function chargeAnswer({ kind }: Judged): Record<string, never> {
  if (kind === 'refused') throw serviceException('SVC0270')
  if (kind === 'reference-reused') throw serviceException('SVC0002', 'referenceCode')
  return {}
}
