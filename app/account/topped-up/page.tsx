import { redirect } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { readPublicId } from '@/lib/ids'

interface Props {
  searchParams: Promise<{ payment?: string }>
}

/** The way back from the checkout of a top-up: credits what was paid, and leads to where it is now. */
export default async function ToppedUpPage({ searchParams }: Props) {
  const { payment } = await searchParams
  const [person, gateway] = await Promise.all([
    requirePerson(`/account/topped-up?payment=${encodeURIComponent(payment ?? '')}`),
    runningGateway(),
  ])
  const paymentId = readPublicId('pay', payment ?? '')
  const topUp = paymentId && (await gateway.topUps.settle(person.id, paymentId))
  if (!topUp) redirect('/account/accounts')
  const page = topUp.target === 'e-cash' ? '/account/e-cash' : `/account/accounts/${topUp.targetId}`
  redirect(`${page}?done=${{ credited: 'topped-up', open: 'coming', failed: 'not-paid' }[topUp.state]}`)
}
