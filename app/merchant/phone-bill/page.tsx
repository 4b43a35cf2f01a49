import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { PageHeader } from '@/components/ui/page-header'
import { ContractPanel } from './_parts/contract-panel'
import { GuestPanel } from './_parts/guest-panel'
import { PhoneTabs } from './_parts/phone-tabs'
import { ShopLimitPanel } from './_parts/shop-limit-panel'

const HERE = '/merchant/phone-bill'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.phoneBill')
  return { title: t('title') }
}

/** What a shop lets people put on phone bills, and when it has the money. */
export default async function PhoneBillPage() {
  const desk = await requireDesk('portal.see', HERE)
  const { gateway, merchant } = desk
  const { limits, offer } = gateway.phoneBill
  const [t, own, everybody, guests, contract] = await Promise.all([
    getTranslations('merchant.phoneBill'),
    limits.of({ scope: 'merchant', key: merchant.id }),
    limits.of({ scope: 'operator' }),
    offer.guests(merchant.id),
    gateway.billing.contracts.of(merchant.id),
  ])
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PhoneTabs current="terms" />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        {everybody
          .filter(({ currency }) => merchant.currencies.includes(currency))
          .map((limit) => (
            <ShopLimitPanel
              key={limit.currency}
              desk={desk}
              everybody={limit}
              own={own.find(({ currency }) => currency === limit.currency)}
            />
          ))}
        <div className="flex flex-col gap-5">
          <GuestPanel desk={desk} allowed={guests} />
          <ContractPanel contract={contract} locale={desk.locale} />
        </div>
      </div>
    </>
  )
}
