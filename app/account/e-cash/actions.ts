'use server'

import { revalidatePath } from 'next/cache'
import { readTyped, refusedForm } from '@/app/_glue/account-forms'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { goAndTopUp, isPayable } from '@/app/_glue/top-up'
import type { SealedAnswer } from '@/components/account/sealed-form'

const HERE = '/account/e-cash'

async function own() {
  const [person, gateway] = await Promise.all([requirePerson(HERE), runningGateway()])
  return { person, gateway }
}

/** Opens the shopper's wallet, in won. */
export async function openWallet(message: string): Promise<SealedAnswer> {
  const { person, gateway } = await own()
  const typed = await readTyped(message)
  if (!typed) return refusedForm(gateway, 'sealed')
  const opened = await gateway.eCash.open(person.id, { currency: 'KRW', pin: typed['pin'] ?? '' })
  if (opened.kind === 'refused') return refusedForm(gateway, opened.reason, 'pin')
  revalidatePath('/account', 'layout')
  return { kind: 'done', to: `${HERE}?done=opened` }
}

/** A new PIN, for whoever knows the password of their log-in: a forgotten PIN is set anew in the same way. */
export async function setWalletPin(message: string): Promise<SealedAnswer> {
  const { person, gateway } = await own()
  const typed = await readTyped(message)
  if (!typed) return refusedForm(gateway, 'sealed')
  const wallet = await gateway.eCash.walletIn(person.id, 'KRW')
  if (!wallet) return refusedForm(gateway, 'failed')
  const known = await gateway.people.authenticate({ email: person.email, password: typed['password'] ?? '' })
  if (known.kind === 'refused') return refusedForm(gateway, 'wrong-password', 'password')
  const set = await gateway.eCash.setPin(wallet, typed['pin'] ?? '')
  if (set !== 'done') return refusedForm(gateway, set, 'pin')
  revalidatePath('/account', 'layout')
  return { kind: 'done', to: `${HERE}?done=pin` }
}

/** To the checkout, where value for the wallet is paid for. */
export async function loadWallet(amount: bigint): Promise<{ kind: 'refused'; message: string }> {
  const { person, gateway } = await own()
  const wallet = await gateway.eCash.walletIn(person.id, 'KRW')
  if (!wallet || !isPayable(amount)) return refusedForm(gateway, 'failed')
  return goAndTopUp(person.id, { kind: 'e-cash', id: wallet.id }, { amount, currency: wallet.currency })
}
