import 'server-only'
import { getTranslations } from 'next-intl/server'
import { formatMoney } from '@/components/i18n/format'
import type { Person } from '@/lib/auth/person'
import { isExpired } from '@/lib/cards/card-number'
import type { Gateway } from '@/lib/gateway'
import type { Plan } from '@/lib/subscriptions/plan'
import type { AgreedMeans } from '@/lib/subscriptions/subscription'
import { inOrder } from '@/lib/wallet/means-order'
import { cardName, debitName } from './names'
import { accountName, roomOf, standingOf } from './own-accounts'
import { lineMask, lineName, lineStates } from './phone-lines'
import { isUuid } from './uuid'

/** A means of the shopper's that a shop could charge while they are not there. */
export interface StandingChoice {
  /** As a form sends it: card:…, account:…, line:…, mandate:…. */
  readonly value: string
  readonly name: string
  readonly detail: string
  readonly agreed: AgreedMeans
}

const KINDS = {
  card: { module: 'card', id: 'cardId' },
  account: { module: 'micro-account', id: 'accountId' },
  line: { module: 'phone-bill', id: 'lineId' },
  mandate: { module: 'direct-debit', id: 'mandateId' },
} as const

/** What a form sent as the means; undefined for anything that is none. Whose it is, is asked where it is agreed to. */
export function readStanding(value: unknown): AgreedMeans | undefined {
  const [kind = '', id = ''] = typeof value === 'string' ? value.split(':') : []
  const known = Object.entries(KINDS).find(([name]) => name === kind)?.[1]
  return known && isUuid(id) ? { module: known.module, means: { [known.id]: id } } : undefined
}

/** The form's value of a means that was agreed to. */
export function standingValue(agreed: AgreedMeans | undefined): string | undefined {
  const [kind, known] = Object.entries(KINDS).find(([, { module }]) => module === agreed?.module) ?? []
  return kind && known && agreed ? `${kind}:${agreed.means[known.id]}` : undefined
}

/**
 * The shopper's means that a plan can be charged to, in the order of their wallet. An account that asks for its PIN is none of
 * them: nobody is there to type it. A mandate is the shop's own, and its bank has to collect in the plan's currency.
 */
export async function standingChoices(
  gateway: Gateway,
  person: Person,
  plan: Pick<Plan, 'currency' | 'merchantId'>,
  locale: 'ko' | 'en',
): Promise<StandingChoice[]> {
  const merchant = await gateway.merchants.get(plan.merchantId)
  const takes = (module: string) => merchant?.modules.includes(module) ?? false
  const now = gateway.clock.now()
  const [t, order, cards, accounts, lines, mandates] = await Promise.all([
    getTranslations('selling.subscribe'),
    gateway.walletOrder.of(person.id),
    takes('card') ? gateway.cards.list(person.id) : [],
    takes('micro-account') ? gateway.accounts.ofShopper(person.id) : [],
    takes('phone-bill') ? gateway.phoneBill.lines.list(person.id) : [],
    takes('direct-debit') ? gateway.mandates.ofShopper(person.id) : [],
  ])
  const reached = gateway.mandates.collecting(plan.currency)?.debits.reaches ?? []
  const choice = (kind: keyof typeof KINDS, id: string, name: string, detail: string): StandingChoice => ({
    ...{ value: `${kind}:${id}`, name, detail },
    agreed: { module: KINDS[kind].module, means: { [KINDS[kind].id]: id } },
  })
  const choices = [
    ...cards
      .filter(({ expiry }) => !isExpired(expiry, now))
      .map((card) => choice('card', card.id, cardName(card, locale), `${t('card')} · ${card.masked}`)),
    ...accounts
      .filter((account) => account.currency === plan.currency && !account.hasPin)
      .filter((account) => standingOf(account).standing === 'usable')
      .map((account) => {
        const room = t('room', { amount: formatMoney(roomOf(account), account.currency, locale) })
        return choice('account', account.id, accountName(account), `${t('account')} · ${room}`)
      }),
    ...lines
      .filter((line) => line.kind === 'line' && lineStates(line).state === 'open')
      .map((line) => choice('line', line.id, lineName(gateway, line, locale), `${t('line')} · ${lineMask(line)}`)),
    ...mandates
      .filter(
        ({ merchantId, kind, state }) => merchantId === plan.merchantId && kind === 'recurring' && state === 'active',
      )
      .filter(({ bank }) => reached.some(({ code }) => code === bank))
      .map(({ id, bank: code, lastFour }) =>
        choice('mandate', id, debitName(gateway, { code, lastFour }, locale), `${t('mandate')} · ${t('mandateText')}`),
      ),
  ]
  return inOrder(
    choices.map((each) => ({ ...each, means: each.value })),
    order,
  ).toSorted((one, other) => Number(other.means === order.preferred) - Number(one.means === order.preferred))
}
