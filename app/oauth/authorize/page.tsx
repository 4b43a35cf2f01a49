import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { EntranceFrame } from '@/app/_glue/entrance-frame'
import { runningGateway } from '@/app/_glue/gateway'
import { LineConsent } from '@/components/oauth/line-consent'
import { Notice } from '@/components/ui/notice'
import { answerAt, type Query, readAuthorization } from '@/lib/oauth/authorization'
import { issuerOf } from './issuer'
import { agreeToClient, sendCode } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.authorize')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<Query>
}

/** Where a person shows control of a line, so that a shop's program may charge it for a while (three-legged token). */
export default async function AuthorizePage({ searchParams }: Props) {
  const query = await searchParams
  const [gateway, t, messages, locale] = await Promise.all([
    runningGateway(),
    getTranslations('auth.authorize'),
    getMessages(),
    getLocale(),
  ])
  const issuer = issuerOf(gateway)
  const read = await readAuthorization(gateway.oauth, query, issuer)
  if (read.kind === 'refused') redirect(read.redirectTo)
  const merchant = read.kind === 'asked' ? await gateway.merchants.get(read.authorization.client.merchantId) : undefined
  if (read.kind === 'unusable' || !merchant) {
    return (
      <EntranceFrame title={t('title')} text={t('unusable')}>
        <Notice tone="bad">{t('unusableText')}</Notice>
      </EntranceFrame>
    )
  }
  const shop = locale === 'ko' ? merchant.name : merchant.nameEn || merchant.name
  const mayCharge = read.authorization.scopes.includes('carrier-billing:payments:create')
  return (
    <EntranceFrame title={t('title')} text={t(mayCharge ? 'textCharge' : 'textSee', { shop })}>
      <LineConsent
        words={{ page: messages.auth.authorize, phone: messages.phone, decline: messages.shared.decline }}
        locale={locale}
        offer={gateway.sealedInput.offer('line')}
        denyUrl={answerAt(read.authorization, { error: 'access_denied' }, issuer)}
        send={sendCode.bind(null, query)}
        agree={agreeToClient.bind(null, query)}
      />
    </EntranceFrame>
  )
}
