import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { requirePerson } from '@/app/_glue/session'
import { AddressFields } from '@/components/address/address-fields'
import { FaultOf } from '@/components/ui/faults'
import { KeptForm } from '@/components/ui/kept-form'
import { PageHeader } from '@/components/ui/page-header'
import { saveAddress } from '../actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('address')
  return { title: t('add') }
}

/** A new address. */
export default async function NewAddressPage() {
  const [person, locale, t, messages] = await Promise.all([
    requirePerson('/account/addresses/new'),
    getLocale(),
    getTranslations('address'),
    getMessages(),
  ])
  return (
    <>
      <PageHeader title={t('add')} back={{ href: '/account/addresses', label: t('title') }} />
      <div className="max-w-2xl">
        <KeptForm save={saveAddress.bind(null, null)} words={{ submit: t('save'), unknown: t('fault.unknown') }}>
          <AddressFields
            words={messages.address.fields}
            locale={locale}
            address={{ recipient: person.name }}
            withLabel
            faultOf={(name) => <FaultOf at={name} />}
          />
        </KeptForm>
      </div>
    </>
  )
}
