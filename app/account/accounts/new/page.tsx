import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ACCOUNT_FORM, sealedFormWords } from '@/app/_glue/account-forms'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { SealedForm } from '@/components/account/sealed-form'
import { PageHeader } from '@/components/ui/page-header'
import { openAccount } from '../sealed-actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.accounts')
  return { title: t('open') }
}

/** Opens a prepaid account of one's own. */
export default async function NewAccountPage() {
  await requirePerson('/account/accounts/new')
  const [gateway, t, forms] = await Promise.all([
    runningGateway(),
    getTranslations('account.accounts'),
    getTranslations('account.accountForms'),
  ])
  return (
    <>
      <PageHeader
        title={t('open')}
        description={t('openText')}
        back={{ href: '/account/accounts', label: t('title') }}
      />
      <SealedForm
        id="new-account"
        fields={[
          { name: 'nickname', label: forms('nickname'), kind: 'text', maxLength: 40 },
          { name: 'mobile', label: forms('mobile'), hint: forms('mobileHint'), kind: 'tel', maxLength: 24 },
          { name: 'pin', label: forms('newPin'), hint: forms('pinOptional'), kind: 'pin', maxLength: 8 },
        ]}
        offer={gateway.sealedInput.offer(ACCOUNT_FORM)}
        words={await sealedFormWords(t('open'))}
        send={openAccount}
      />
    </>
  )
}
