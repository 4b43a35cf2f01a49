import { Coins } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { ACCOUNT_FORM, sealedFormWords } from '@/app/_glue/account-forms'
import { AccountTabs } from '@/app/_glue/account-tabs'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { isUuid } from '@/app/_glue/uuid'
import { SealedForm } from '@/components/account/sealed-form'
import { TopUpForm } from '@/components/account/top-up-form'
import { formatMoney } from '@/components/i18n/format'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Summary } from '@/components/ui/summary'
import { loadWallet, openWallet, setWalletPin } from './actions'
import { MoveList } from './move-list'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.eCash')
  return { title: t('title') }
}

const DONE = ['opened', 'pin', 'topped-up', 'coming', 'not-paid'] as const
const USUAL = [10_000n, 30_000n, 50_000n]

interface Props {
  searchParams: Promise<{ done?: string; before?: string }>
}

/** Stored value: what is in the wallet, loading it, and where it went. */
export default async function ECashPage({ searchParams }: Props) {
  const { done, before } = await searchParams
  const [person, gateway, locale, t, forms, topUp] = await Promise.all([
    requirePerson('/account/e-cash'),
    runningGateway(),
    getLocale(),
    getTranslations('account.eCash'),
    getTranslations('account.accountForms'),
    getTranslations('account.topUp'),
  ])
  const wallet = await gateway.eCash.walletIn(person.id, 'KRW')
  const caps = await gateway.eCash.caps('KRW')
  const happened = DONE.find((each) => each === done)
  const offer = gateway.sealedInput.offer(ACCOUNT_FORM)
  const money = (amount: bigint) => formatMoney(amount, 'KRW', locale)
  const pin = { name: 'pin', label: forms('newPin'), hint: forms('pinHint'), kind: 'pin', maxLength: 8 } as const
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <AccountTabs current="eCash" />
      {happened ? (
        <Notice tone={happened === 'not-paid' ? 'warn' : happened === 'coming' ? 'info' : 'good'} className="mb-5" live>
          {t(`done.${happened}`)}
        </Notice>
      ) : null}
      {!wallet ? (
        <Panel className="max-w-2xl">
          <PanelHeader
            title={
              <span className="flex items-center gap-2.5">
                <Coins className="size-5 text-accent" aria-hidden />
                {t('open')}
              </span>
            }
            description={caps ? t('openText', { held: money(caps.mostHeld), spent: money(caps.mostSpent) }) : null}
          />
          <SealedForm
            id="wallet"
            fields={[pin]}
            offer={offer}
            words={await sealedFormWords(t('open'))}
            send={openWallet}
          />
        </Panel>
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
          <Panel>
            <PanelHeader title={t('balance')} />
            {wallet.isLocked ? (
              <Notice tone="warn" className="mb-4">
                {t('locked')}
              </Notice>
            ) : null}
            <p className="figures text-3xl font-bold text-ink">{money(wallet.balance)}</p>
            {wallet.held > 0n ? (
              <p className="figures text-sm text-ink-faint">{t('held', { amount: money(wallet.held) })}</p>
            ) : null}
            {caps ? (
              <p className="figures mt-1 text-sm text-ink-faint">
                {t('caps', { held: money(caps.mostHeld), spent: money(caps.mostSpent) })}
              </p>
            ) : null}
            <h3 className="mt-6 mb-2 font-semibold text-ink">{t('history')}</h3>
            <MoveList wallet={wallet} {...(before && isUuid(before) && { before })} />
          </Panel>
          <div className="flex flex-col gap-5">
            <Panel>
              <PanelHeader title={t('load')} description={t('loadText')} />
              <TopUpForm
                currency="KRW"
                locale={locale}
                usual={USUAL}
                words={{
                  amount: topUp('amount'),
                  hint: topUp('hint'),
                  submit: topUp('submit'),
                  missing: topUp('missing'),
                  lost: topUp('failed'),
                }}
                topUp={loadWallet}
              />
            </Panel>
            <Panel>
              <details className="group" open={wallet.isLocked}>
                <Summary>{forms('changePin')}</Summary>
                <div className="mt-4">
                  <SealedForm
                    id="wallet-pin"
                    fields={[
                      {
                        name: 'password',
                        label: forms('password'),
                        hint: forms('passwordHint'),
                        kind: 'password',
                        maxLength: 128,
                      },
                      pin,
                    ]}
                    offer={offer}
                    words={await sealedFormWords(forms('changePin'))}
                    send={setWalletPin}
                  />
                </div>
              </details>
            </Panel>
          </div>
        </div>
      )}
    </>
  )
}
