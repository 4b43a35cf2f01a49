import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { accountName, requireOwnAccount, standingOf } from '@/app/_glue/own-accounts'
import { AccountEditor } from '@/components/account/account-editor'
import { AccountUse } from '@/components/account/account-use'
import { formatDate } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Fact, Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { changeAccount } from '../actions'
import { AccountDeeds } from './account-deeds'
import { AccountForms } from './account-forms'
import { AccountHistory } from './account-history'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.accounts')
  return { title: t('title') }
}

const GOOD = ['suspended', 'resumed', 'lost', 'pin', 'voucher', 'claimed', 'topped-up'] as const
const OTHER = ['coming', 'not-paid', 'not-resumed'] as const

interface Props {
  params: Promise<{ accountId: string }>
  searchParams: Promise<{ done?: string; before?: string; kind?: string }>
}

/** One account: balance and limits, what happened, and what its holder can do. */
export default async function AccountPage({ params, searchParams }: Props) {
  const [{ accountId }, { done, before, kind }] = await Promise.all([params, searchParams])
  const { account } = await requireOwnAccount(accountId)
  const [locale, t, forms, messages] = await Promise.all([
    getLocale(),
    getTranslations('account.accounts'),
    getTranslations('account.accountForms'),
    getMessages(),
  ])
  const { standing, tone } = standingOf(account)
  const good = GOOD.find((each) => each === done)
  const other = OTHER.find((each) => each === done)
  const { ownLimits, threshold } = account
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {accountName(account)}
            <Badge tone={tone}>{t(`standing.${standing}`)}</Badge>
          </span>
        }
        back={{ href: '/account/accounts', label: t('title') }}
        actions={<AccountDeeds account={account} />}
      />
      {good || other ? (
        <Notice tone={good ? 'good' : 'info'} className="mb-5" live>
          {t(`done.${good ?? other ?? 'coming'}`)}
        </Notice>
      ) : null}
      {standing === 'usable' ? null : (
        <Notice tone="warn" className="mb-5">
          {t(`standingText.${standing}`)}
        </Notice>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
        <div className="flex flex-col gap-5">
          <Panel>
            <AccountUse account={account} locale={locale} words={messages.account.accounts} />
            <Facts className="mt-4">
              <Fact name={t('number')}>
                <span className="figures">{account.masked}</span>
              </Fact>
              <Fact name={t('kindOf')}>{t(`kind.${account.kind}`)}</Fact>
              <Fact name={t('validUntil')}>
                {account.validUntil ? formatDate(account.validUntil, locale) : t('unlimited')}
              </Fact>
              <Fact name={t('mobile')}>
                <span className="figures">{account.mobileMasked ?? t('none')}</span>
              </Fact>
            </Facts>
          </Panel>
          <AccountHistory accountId={account.id} {...(before && { before })} {...(kind && { kind })} />
        </div>
        <div className="flex flex-col gap-5">
          <AccountForms account={account} />
          <Panel>
            <PanelHeader title={t('edit')} description={t('editText')} />
            <AccountEditor
              account={{ nickname: account.nickname, ...ownLimits, ...(threshold !== undefined && { threshold }) }}
              currency={account.currency}
              locale={locale}
              words={{
                ...messages.account.accountEditor,
                nickname: forms('nickname'),
                mobile: forms('mobile'),
                mobileHint: t('mobileChange', { now: account.mobileMasked ?? t('none') }),
                mobileFault: forms('fault.mobile'),
              }}
              change={changeAccount.bind(null, account.id)}
            />
          </Panel>
        </div>
      </div>
    </>
  )
}
