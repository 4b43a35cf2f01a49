import { getTranslations } from 'next-intl/server'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { AccountLimitFields } from '@/components/operator/account-limit-fields'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { Account } from '@/lib/accounts/account'
import { wallTime } from '@/lib/calendar'
import { changeLimits, changeValidity, liftLoss, resetPin, resumeAccount, suspendAccount } from '../actions'

interface Props {
  readonly account: Account
  readonly locale: 'ko' | 'en'
  readonly timeZone: string
}

/** What an operator may do to an account; every deed is in the audit trail. */
export async function AccountDeeds({ account, locale, timeZone }: Props) {
  const t = await getTranslations('operator.accounts')
  const { id, limits, creditLimit } = account
  return (
    <>
      {account.suspendedAt ? (
        <DeedDialog
          trigger={t('resume')}
          title={t('resume')}
          description={t('resumeText')}
          words={await deedWords(t('resume'))}
          deed={resumeAccount.bind(null, id)}
        />
      ) : (
        <DeedDialog
          trigger={t('suspend')}
          title={t('suspend')}
          description={t('suspendText')}
          words={await deedWords(t('suspend'))}
          isDangerous
          deed={suspendAccount.bind(null, id)}
        >
          <Field id="suspend-reason" label={t('reason')}>
            <Input {...fieldControl('suspend-reason', {})} name="reason" maxLength={200} autoComplete="off" />
          </Field>
        </DeedDialog>
      )}
      {account.lostAt ? (
        <DeedDialog
          trigger={t('liftLoss')}
          title={t('liftLoss')}
          description={t('liftLossText')}
          words={await deedWords(t('liftLoss'))}
          deed={liftLoss.bind(null, id)}
        />
      ) : null}
      <DeedDialog
        trigger={t('limits')}
        title={t('limits')}
        description={t('limitsText')}
        words={await deedWords(t('save'))}
        deed={changeLimits.bind(null, id)}
      >
        <AccountLimitFields
          currency={account.currency}
          locale={locale}
          limits={{ ...limits, ...(creditLimit !== undefined && { creditLimit }) }}
          words={{
            ...{ perPurchase: t('perPurchase'), perDay: t('perDay'), perMonth: t('perMonth') },
            ...{ creditLimit: t('creditLimit'), emptyLimit: t('emptyLimit') },
          }}
        />
      </DeedDialog>
      <DeedDialog
        trigger={t('validUntil')}
        title={t('validUntil')}
        description={t('validText')}
        words={await deedWords(t('save'))}
        deed={changeValidity.bind(null, id)}
      >
        <Field id="valid-until" label={t('validUntil')}>
          <Input
            {...fieldControl('valid-until', {})}
            name="validUntil"
            type="date"
            defaultValue={account.validUntil && wallTime(account.validUntil, timeZone).slice(0, 10)}
          />
        </Field>
      </DeedDialog>
      <DeedDialog
        trigger={t('resetPin')}
        title={t('resetPin')}
        description={t('resetPinText')}
        words={await deedWords(t('save'))}
        deed={resetPin.bind(null, id)}
      >
        <Field id="reset-pin" label={t('pin')}>
          <Input
            {...fieldControl('reset-pin', {})}
            name="pin"
            type="password"
            inputMode="numeric"
            autoComplete="off"
            maxLength={8}
          />
        </Field>
      </DeedDialog>
    </>
  )
}
