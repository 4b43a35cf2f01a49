import { getTranslations } from 'next-intl/server'
import { addressLines } from '@/lib/addresses/address'
import type { GivenAddress } from '@/lib/addresses/addresses'

/** Where it will be delivered to, as the shopper has said; it can be said anew while the payment is open. */
export async function GivenAddressLine({ given, paymentId }: { given: GivenAddress; paymentId: string }) {
  const t = await getTranslations('address')
  return (
    <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 rounded-lg bg-sunken px-4 py-3 text-sm">
      <p className="min-w-0 text-ink-soft">
        <span className="font-medium text-ink">{t('checkout.to')}</span>{' '}
        {[given.address.recipient, ...addressLines(given.address)].join(' · ')}
      </p>
      <a href={`/pay/${paymentId}?address=change`} className="rounded-sm font-medium text-accent-strong underline">
        {t('change')}
      </a>
    </div>
  )
}
