import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { shownAddress } from '@/app/_glue/typed-address'
import { AddressFields } from '@/components/address/address-fields'
import { FaultOf } from '@/components/ui/faults'
import { KeptForm } from '@/components/ui/kept-form'
import { PageHeader } from '@/components/ui/page-header'
import { readPublicId } from '@/lib/ids'
import { saveAddress } from '../actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('address')
  return { title: t('change') }
}

/** An address that is kept, to be changed. What was given to shops stays what it was. */
export default async function AddressPage({ params }: { params: Promise<{ addressId: string }> }) {
  const { addressId } = await params
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson(`/account/addresses/${addressId}`),
    runningGateway(),
    getLocale(),
    getTranslations('address'),
    getMessages(),
  ])
  const id = readPublicId('adr', addressId)
  const found = id && (await gateway.addresses.find(person.id, id))
  if (!found) notFound()
  return (
    <>
      <PageHeader title={t('change')} back={{ href: '/account/addresses', label: t('title') }} />
      <div className="max-w-2xl">
        <KeptForm save={saveAddress.bind(null, addressId)} words={{ submit: t('save'), unknown: t('fault.unknown') }}>
          <AddressFields
            words={messages.address.fields}
            locale={locale}
            address={shownAddress(found.address)}
            withLabel
            faultOf={(name) => <FaultOf at={name} />}
          />
        </KeptForm>
      </div>
    </>
  )
}
