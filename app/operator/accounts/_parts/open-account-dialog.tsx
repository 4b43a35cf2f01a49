import { Plus } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { AccountLimitFields } from '@/components/operator/account-limit-fields'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { openAccount } from '../actions'

/** Opens an account that is nobody's yet; its number is shown once, to be printed on its card. */
export async function OpenAccountDialog({ locale }: { locale: 'ko' | 'en' }) {
  const [t, shared, words] = await Promise.all([
    getTranslations('operator.accounts'),
    getTranslations('shared'),
    getTranslations('operator.accounts').then((each) => deedWords(each('open'))),
  ])
  return (
    <DeedDialog
      icon={<Plus aria-hidden />}
      trigger={t('open')}
      triggerLook={{ kind: 'primary' }}
      title={t('open')}
      description={t('openText')}
      words={{
        ...words,
        secret: { text: t('numberText'), copy: shared('copy'), copied: shared('copied'), done: shared('close') },
      }}
      deed={openAccount}
    >
      <Field id="account-kind" label={t('kindOf')}>
        <Select {...fieldControl('account-kind', {})} name="kind" defaultValue="prepaid">
          <option value="prepaid">{t('kind.prepaid')}</option>
          <option value="postpaid">{t('kind.postpaid')}</option>
        </Select>
      </Field>
      <Field id="account-mobile" label={t('mobile')}>
        <Input {...fieldControl('account-mobile', {})} name="mobile" type="tel" autoComplete="off" maxLength={24} />
      </Field>
      <Field id="account-pin" label={t('pin')} hint={t('pinHint')}>
        <Input
          {...fieldControl('account-pin', { hint: t('pinHint') })}
          name="pin"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
        />
      </Field>
      <AccountLimitFields
        currency="KRW"
        locale={locale}
        limits={{ perMonth: 300_000n }}
        words={{
          ...{ perPurchase: t('perPurchase'), perDay: t('perDay'), perMonth: t('perMonth') },
          ...{ creditLimit: t('creditLimit'), emptyLimit: t('emptyLimit') },
        }}
      />
    </DeedDialog>
  )
}
