import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ACCOUNT_FORM, sealedFormWords } from '@/app/_glue/account-forms'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { SealedForm } from '@/components/account/sealed-form'
import { PageHeader } from '@/components/ui/page-header'
import { claimAccount } from '../sealed-actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.accounts')
  return { title: t('claim') }
}

/** Brings an account that somebody else has opened into My Moa, by its number and PIN. */
export default async function ClaimAccountPage() {
  await requirePerson('/account/accounts/claim')
  const [gateway, t, forms] = await Promise.all([
    runningGateway(),
    getTranslations('account.accounts'),
    getTranslations('account.accountForms'),
  ])
  return (
    <>
      <PageHeader
        title={t('claim')}
        description={t('claimText')}
        back={{ href: '/account/accounts', label: t('title') }}
      />
      <SealedForm
        id="claim-account"
        fields={[
          { name: 'number', label: forms('number'), kind: 'digits', maxLength: 23 },
          { name: 'pin', label: forms('pin'), kind: 'pin', maxLength: 8 },
        ]}
        offer={gateway.sealedInput.offer(ACCOUNT_FORM)}
        words={await sealedFormWords(t('claim'))}
        send={claimAccount}
      />
    </>
  )
}
