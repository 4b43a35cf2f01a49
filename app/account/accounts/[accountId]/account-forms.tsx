import { getLocale, getTranslations } from 'next-intl/server'
import { ACCOUNT_FORM, sealedFormWords } from '@/app/_glue/account-forms'
import { runningGateway } from '@/app/_glue/gateway'
import { SealedForm } from '@/components/account/sealed-form'
import { TopUpForm } from '@/components/account/top-up-form'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Summary } from '@/components/ui/summary'
import type { Account } from '@/lib/accounts/account'
import { topUpAccount } from '../actions'
import { redeemVoucher, setAccountPin } from '../sealed-actions'

const USUAL = [10_000n, 30_000n, 50_000n]

/** Loading an account by card or voucher, and its PIN. */
export async function AccountForms({ account }: { account: Account }) {
  const [gateway, locale, topUp, forms] = await Promise.all([
    runningGateway(),
    getLocale(),
    getTranslations('account.topUp'),
    getTranslations('account.accountForms'),
  ])
  const offer = () => gateway.sealedInput.offer(ACCOUNT_FORM)
  return (
    <>
      <Panel>
        <PanelHeader title={topUp('title')} description={topUp('text')} />
        <TopUpForm
          currency={account.currency}
          locale={locale}
          usual={account.currency === 'KRW' ? USUAL : []}
          words={{
            amount: topUp('amount'),
            hint: topUp('hint'),
            submit: topUp('submit'),
            missing: topUp('missing'),
            lost: topUp('failed'),
          }}
          topUp={topUpAccount.bind(null, account.id)}
        />
      </Panel>
      <Panel>
        <details className="group">
          <Summary>{forms('voucher')}</Summary>
          <div className="mt-4">
            <SealedForm
              id="voucher"
              fields={[{ name: 'code', label: forms('code'), hint: forms('codeHint'), kind: 'text', maxLength: 32 }]}
              offer={offer()}
              words={await sealedFormWords(forms('redeem'))}
              send={redeemVoucher.bind(null, account.id)}
            />
          </div>
        </details>
        <details className="group" open={account.pinLocked}>
          <Summary>{account.hasPin ? forms('changePin') : forms('setPin')}</Summary>
          <div className="mt-4">
            <SealedForm
              id="account-pin"
              fields={[
                {
                  ...{ name: 'password', label: forms('password'), hint: forms('passwordHint') },
                  ...{ kind: 'password', maxLength: 128 },
                },
                { name: 'pin', label: forms('newPin'), hint: forms('pinHint'), kind: 'pin', maxLength: 8 },
              ]}
              offer={offer()}
              words={await sealedFormWords(forms('setPin'))}
              send={setAccountPin.bind(null, account.id)}
            />
          </div>
        </details>
      </Panel>
    </>
  )
}
