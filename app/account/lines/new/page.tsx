import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { LineMaker } from '@/components/account/line-maker'
import { PageHeader } from '@/components/ui/page-header'
import { addLine, sendProof } from '../actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.newLine')
  return { title: t('title') }
}

/** Add a line or calling card by proving control of it. */
export default async function NewLinePage() {
  const [, gateway, locale, t, messages] = await Promise.all([
    requirePerson('/account/lines/new'),
    runningGateway(),
    getLocale(),
    getTranslations('account'),
    getMessages(),
  ])
  return (
    <>
      <PageHeader
        title={t('newLine.title')}
        description={t('newLine.text')}
        back={{ href: '/account/lines', label: t('lines.title') }}
      />
      <LineMaker
        words={{ maker: messages.account.newLine, phone: messages.phone, decline: messages.shared.decline }}
        locale={locale}
        offer={gateway.sealedInput.offer('line')}
        send={sendProof}
        add={addLine}
      />
    </>
  )
}
