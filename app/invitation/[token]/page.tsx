import type { Metadata } from 'next'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { EntranceFrame } from '@/app/_glue/entrance-frame'
import { runningGateway } from '@/app/_glue/gateway'
import { shopName } from '@/app/_glue/names'
import { currentPerson } from '@/app/_glue/session'
import { ButtonLink } from '@/components/ui/button-link'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { acceptInvitation, comeAsAnother } from './actions'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people.invitation')
  return { title: t('accept'), robots: { index: false }, referrer: 'no-referrer' }
}

/** Where the link of an invitation's mail leads. */
export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [gateway, person, t, roles, format, locale] = await Promise.all([
    runningGateway(),
    currentPerson(),
    getTranslations('people.invitation'),
    getTranslations('merchant.role'),
    getFormatter(),
    getLocale(),
  ])
  const invitation = await gateway.invitations.read(token)
  const merchant = invitation && (await gateway.merchants.get(invitation.merchantId))
  if (!invitation || !merchant) {
    return (
      <EntranceFrame title={t('goneTitle')} text={t('gone')}>
        {null}
      </EntranceFrame>
    )
  }
  const shop = shopName(merchant, locale)
  const here = encodeURIComponent(`/invitation/${token}`)
  const until = format.dateTime(invitation.expiresAt, { dateStyle: 'medium' })
  const isTheirs = person?.email === invitation.email
  const isMember = isTheirs && (await gateway.people.membership(person.id, merchant.id)) !== undefined
  return (
    <EntranceFrame title={t('title', { shop })} text={t('text', { shop, role: roles(invitation.role) })}>
      <p className="mb-5 text-sm text-ink-faint">{t('for', { email: invitation.email, date: until })}</p>
      {person === undefined ? (
        <div className="flex flex-col gap-3">
          <ButtonLink href={`/login?next=${here}`} kind="primary" size="large">
            {t('login')}
          </ButtonLink>
          <ButtonLink href={`/register?next=${here}`} size="large">
            {t('register')}
          </ButtonLink>
        </div>
      ) : isMember ? (
        <Notice tone="info">{t('member', { shop })}</Notice>
      ) : isTheirs ? (
        <form action={acceptInvitation.bind(null, token)} className="flex flex-col gap-3">
          <SubmitButton size="large" wide>
            {t('accept')}
          </SubmitButton>
          <p className="text-sm text-ink-faint">{t('after')}</p>
        </form>
      ) : (
        <form action={comeAsAnother.bind(null, token)} className="flex flex-col gap-4">
          <Notice tone="warn">{t('notYours', { email: person.email })}</Notice>
          <SubmitButton>{t('switch')}</SubmitButton>
        </form>
      )}
    </EntranceFrame>
  )
}
