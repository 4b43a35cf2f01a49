import { getMessages } from 'next-intl/server'
import { walletOf } from '@/app/_glue/checkout'
import { progressOf } from '@/app/_glue/pay-progress'
import { BeingChecked } from '@/components/checkout/after-paying'
import type { StageProps } from './stage'

export async function BeingCheckedStage({ checkout, paymentId }: StageProps) {
  const { gateway, payment, locale } = checkout
  const [wallet, messages] = await Promise.all([walletOf(checkout), getMessages()])
  const first = progressOf(gateway, payment, wallet, locale)
  return <BeingChecked paymentId={paymentId} first={first} words={messages.checkout} />
}
