import type { Metadata } from 'next'
import { getMessages, getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { EntranceFrame } from '@/app/_glue/entrance-frame'
import { runningGateway } from '@/app/_glue/gateway'
import { localAddress } from '@/app/_glue/local-address'
import { currentPerson, pendingPerson } from '@/app/_glue/session'
import { SecondFactorForm } from '@/components/auth/second-factor-form'
import { SubmitButton } from '@/components/ui/submit-button'
import { beginProof, logInAnew, proveByCode, proveByPasskey } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people.prove')
  return { title: t('title'), robots: { index: false } }
}

/** After the password of somebody who has a second factor. */
export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = localAddress((await searchParams).next, '/account')
  if (await currentPerson()) redirect(next)
  const person = await pendingPerson()
  if (!person) redirect(`/login?next=${encodeURIComponent(next)}`)
  const [{ secondFactors }, t, messages] = await Promise.all([
    runningGateway(),
    getTranslations('people.prove'),
    getMessages(),
  ])
  const { passkeys } = await secondFactors.of(person.id)
  const passkeysAt = passkeys.length > 0 ? secondFactors.passkeysFor?.origin : undefined
  return (
    <EntranceFrame title={t('title')} text={t('text')}>
      <SecondFactorForm
        words={messages.people.prove}
        next={next}
        passkeysAt={passkeysAt}
        deeds={{ beginProof, proveByCode, proveByPasskey }}
      />
      <form action={logInAnew.bind(null, next)} className="mt-4">
        <SubmitButton kind="quiet" size="small">
          {t('cancel')}
        </SubmitButton>
      </form>
    </EntranceFrame>
  )
}
