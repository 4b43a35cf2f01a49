import type { Account } from '../accounts/account'
import type { Accounts } from '../accounts/accounts'
import { readPhoneNumber } from '../billing/phone-number'
import { readPublicId, type Uuid } from '../ids'
import type { ApplicationCaller } from '../open-service/application'

/** Whom a request is about: an account by its number or our own name of it, or the telephone that it is told at. */
export type EndUser =
  { kind: 'account'; id: Uuid } | { kind: 'number'; number: string } | { kind: 'mobile'; mobile: string }

const ACCOUNT_NUMBER = /^[0-9]{16}$/
const ACCOUNT = /^(?:account:)?(acc_[0-9a-z]{26}|[0-9]{16})$/
const TELEPHONE = /^tel:(\+?[0-9-]{4,20})$/i

/** Reads an endUserIdentifier: `account:9420…`, `account:acc_…` or `tel:+82…`. Undefined for anything else. */
export function readEndUser(identifier: string): EndUser | undefined {
  const [, named] = ACCOUNT.exec(identifier) ?? []
  if (named !== undefined) {
    if (ACCOUNT_NUMBER.test(named)) return { kind: 'number', number: named }
    const id = readPublicId('acc', named)
    return id === undefined ? undefined : { kind: 'account', id }
  }
  const [, telephone] = TELEPHONE.exec(identifier) ?? []
  const mobile = telephone === undefined ? undefined : readPhoneNumber(telephone)
  return mobile === undefined ? undefined : { kind: 'mobile', mobile }
}

/**
 * The account that an application means and may reach: undefined, whether there is none, it is another merchant's, or a
 * telephone has more than one (P6.7).
 */
export async function findAccount(
  accounts: Pick<Accounts, 'find' | 'findByNumber' | 'ofMobile'>,
  { application, merchant }: ApplicationCaller,
  user: EndUser,
): Promise<Account | undefined> {
  const reaches = ({ issuerId }: Account) => application.reach === 'every' || issuerId === merchant.id
  const [account, another] = (await candidates(accounts, user)).filter(reaches)
  return another ? undefined : account
}

async function candidates(
  accounts: Pick<Accounts, 'find' | 'findByNumber' | 'ofMobile'>,
  user: EndUser,
): Promise<Account[]> {
  if (user.kind === 'mobile') return accounts.ofMobile(user.mobile)
  const found = await (user.kind === 'account' ? accounts.find(user.id) : accounts.findByNumber(user.number))
  return found ? [found] : []
}
