import { Trash2, Users } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireDesk } from '@/app/_glue/desk'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { deedWords } from '../../_parts/deed-words'
import { createGroup, removeGroup } from '../audience-actions'

const HERE = '/merchant/modules/groups'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('modules.groups')
  return { title: t('title') }
}

/** The shop's groups of shoppers, for means that not everybody may use. */
export default async function GroupsPage() {
  const desk = await requireDesk('portal.see', HERE)
  const [t, all, groups] = await Promise.all([
    getTranslations('modules.groups'),
    getTranslations('modules'),
    desk.gateway.merchantModules.groups(desk.merchant.id),
  ])
  const mayChange = desk.may('merchant.change')
  const words = await deedWords(t('remove'))
  const create = mayChange ? (
    <DeedDialog
      trigger={t('create')}
      triggerLook={{ kind: 'primary' }}
      title={t('create')}
      words={await deedWords(t('create'))}
      deed={createGroup}
    >
      <Field id="group-name" label={t('name')}>
        <Input {...fieldControl('group-name', {})} name="name" maxLength={60} required />
      </Field>
    </DeedDialog>
  ) : null
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <div className="flex flex-wrap gap-2">
            <ButtonLink href="/merchant/modules">{all('back')}</ButtonLink>
            {groups.length > 0 ? create : null}
          </div>
        }
      />
      {groups.length === 0 ? (
        <EmptyState icon={Users} title={t('none')} action={create}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <Panel className="p-0 sm:p-0">
          <ul className="divide-y divide-line">
            {groups.map(({ id, name, members }) => (
              <li key={id} className="flex items-center gap-2 pr-3 hover:bg-hover">
                <Link
                  href={`${HERE}/${id}`}
                  className="flex min-h-14 min-w-0 flex-1 items-center justify-between gap-4 pl-5"
                >
                  <span className="min-w-0 truncate font-medium text-ink">{name}</span>
                  <span className="figures shrink-0 text-sm text-ink-faint">{t('members', { count: members })}</span>
                </Link>
                {mayChange ? (
                  <DeedDialog
                    trigger={
                      <>
                        <Trash2 aria-hidden />
                        <span className="sr-only">{t('removeTitle', { name })}</span>
                      </>
                    }
                    triggerLook={{ kind: 'quiet', size: 'icon' }}
                    title={t('removeTitle', { name })}
                    description={t('removeText')}
                    words={words}
                    isDangerous
                    deed={removeGroup.bind(null, id)}
                  />
                ) : null}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}
