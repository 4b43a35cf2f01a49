import { Users, X } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { requireDesk } from '@/app/_glue/desk'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel } from '@/components/ui/panel'
import { SearchField } from '@/components/ui/search-field'
import { TextArea } from '@/components/ui/text-area'
import { deedWords } from '../../../_parts/deed-words'
import { addMembers, removeMember } from '../../audience-actions'

const HERE = '/merchant/modules/groups'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('modules.groups')
  return { title: t('title') }
}

interface Props {
  params: Promise<{ groupId: string }>
  searchParams: Promise<{ search?: string; after?: string }>
}

/** The shoppers of one group. */
export default async function GroupPage({ params, searchParams }: Props) {
  const [{ groupId }, { search, after }] = await Promise.all([params, searchParams])
  const desk = await requireDesk('portal.see', `${HERE}/${groupId}`)
  const { merchantModules } = desk.gateway
  const [t, audience, groups] = await Promise.all([
    getTranslations('modules.groups'),
    getTranslations('modules.audience'),
    merchantModules.groups(desk.merchant.id),
  ])
  const group = groups.find(({ id }) => id === groupId)
  if (!group) notFound()
  const wish = { ...(search && { search }), ...(after && { after }) }
  const members = await merchantModules.members(desk.merchant.id, groupId, { ...wish, limit: PAGE })
  const mayChange = desk.may('merchant.change')
  const last = members.length === PAGE ? members.at(-1) : undefined
  const next = last && `${HERE}/${groupId}?${new URLSearchParams({ ...(search && { search }), after: last })}`
  const words = await deedWords(audience('removeShort'))
  return (
    <>
      <PageHeader
        title={group.name}
        description={t('members', { count: group.members })}
        actions={
          <div className="flex flex-wrap gap-2">
            <ButtonLink href={HERE}>{t('title')}</ButtonLink>
            <ButtonLink href={`${HERE}/${groupId}/export`} prefetch={false}>
              {t('export')}
            </ButtonLink>
            {mayChange ? (
              <DeedDialog
                trigger={t('import')}
                triggerLook={{ kind: 'primary' }}
                title={t('import')}
                description={t('importText')}
                words={await deedWords(t('import'))}
                deed={addMembers.bind(null, groupId)}
              >
                <Field id="group-addresses" label={t('addresses')}>
                  <TextArea {...fieldControl('group-addresses', {})} name="addresses" />
                </Field>
                <Field id="group-file" label={t('file')}>
                  <Input
                    {...fieldControl('group-file', {})}
                    name="file"
                    type="file"
                    accept=".csv,.txt,text/csv,text/plain"
                    className="h-auto py-2.5 text-sm"
                  />
                </Field>
              </DeedDialog>
            ) : null}
          </div>
        }
      />
      <div className="mb-4">
        <SearchField name="search" label={t('search')} {...(search && { defaultValue: search })} />
      </div>
      {members.length === 0 ? (
        <EmptyState icon={Users} title={t('noMembers')} />
      ) : (
        <Panel className="p-0 sm:p-0">
          <ul className="divide-y divide-line">
            {members.map((email) => (
              <li key={email} className="flex min-h-14 items-center justify-between gap-4 px-5">
                <span className="min-w-0 break-all text-ink">{email}</span>
                {mayChange ? (
                  <DeedDialog
                    trigger={
                      <>
                        <X aria-hidden />
                        <span className="sr-only">{audience('remove', { email })}</span>
                      </>
                    }
                    triggerLook={{ size: 'small', kind: 'quiet' }}
                    title={audience('remove', { email })}
                    words={words}
                    deed={removeMember.bind(null, groupId, email)}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Pager {...(next && { nextHref: next })} label={t('older')} />
    </>
  )
}
