import { getMessages, getTranslations } from 'next-intl/server'
import { shopName } from '@/app/_glue/names'
import { AddressFields } from '@/components/address/address-fields'
import { Button } from '@/components/ui/button'
import { buttonLook } from '@/components/ui/button-look'
import { Checkbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { Notice } from '@/components/ui/notice'
import { addressLines } from '@/lib/addresses/address'
import { publicId } from '@/lib/ids'
import { giveAddress } from '../address-actions'
import type { StageProps } from './stage'

interface Props extends StageProps {
  /** What was wrong with the last try. */
  readonly fault?: 'consent' | 'wrong' | undefined
}

/**
 * Where to deliver to, asked before the means where the shop wants to know. Plain forms: the checkout carries no script
 * for it, and the browser itself keeps what was typed until it is complete.
 */
export async function AddressStage({ checkout, paymentId, fault }: Props) {
  const { gateway, payment, merchant, person, locale } = checkout
  const [t, messages, saved] = await Promise.all([
    getTranslations('address'),
    getMessages(),
    person ? gateway.addresses.list(person.id) : [],
  ])
  const give = giveAddress.bind(null, paymentId)
  const consent = (
    <Checkbox
      name="consent"
      required
      label={t('checkout.consent', { shop: shopName(merchant, locale) })}
      description={t('checkout.consentText')}
    />
  )
  const typing = (
    <form action={give} className="flex flex-col gap-5">
      <AddressFields
        words={messages.address.fields}
        locale={locale}
        {...(person && { address: { recipient: person.name } })}
      />
      {person ? <Checkbox name="keep" label={t('checkout.keep')} /> : null}
      {consent}
      <Button type="submit" kind={saved.length > 0 ? 'secondary' : 'primary'} size="large">
        {t('checkout.go')}
      </Button>
    </form>
  )
  return (
    <section aria-labelledby="address-title" className="flex flex-col gap-6">
      <div>
        <h2 id="address-title" className="text-xl font-semibold text-ink">
          {t('checkout.title')}
        </h2>
        <p className="mt-1 text-ink-soft">{t('checkout.text')}</p>
      </div>
      {fault ? (
        <Notice tone="bad" live>
          {t(fault === 'consent' ? 'fault.consent' : 'fault.form')}
        </Notice>
      ) : null}
      {saved.length > 0 ? (
        <>
          <form action={give} className="flex flex-col gap-5">
            <fieldset className="flex flex-col gap-3">
              <legend className="sr-only">{t('checkout.choose')}</legend>
              {saved.map(({ id, address, isDefault }) => (
                <Choice
                  key={id}
                  name="chosen"
                  value={publicId('adr', id)}
                  defaultChecked={isDefault}
                  label={address.label ?? address.recipient}
                  description={[...(address.label ? [address.recipient] : []), ...addressLines(address)].join(' · ')}
                />
              ))}
            </fieldset>
            {consent}
            <Button type="submit" kind="primary" size="large">
              {t('checkout.go')}
            </Button>
          </form>
          <details className="rounded-lg ring-1 ring-line">
            <summary className="cursor-pointer px-4 py-3 font-medium text-ink">{t('checkout.other')}</summary>
            <div className="px-4 pb-5">{typing}</div>
          </details>
        </>
      ) : (
        typing
      )}
      {payment.plan?.address === 'optional' ? (
        <a href={`/pay/${paymentId}?address=none`} className={buttonLook({ kind: 'quiet' })}>
          {t('checkout.skip')}
        </a>
      ) : null}
    </section>
  )
}
