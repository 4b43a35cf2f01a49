import { X } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Checkbox } from '@/components/ui/checkbox'
import { Fact, Facts } from '@/components/ui/facts'
import { Field, fieldControl } from '@/components/ui/field'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import type { ModuleTerms } from '@/lib/payments/module-terms'
import { deedWords } from '../../_parts/deed-words'
import { changeAudience, excludeShopper } from '../audience-actions'

/** Who may use a module: everybody, or groups and shoppers one by one (M-158). */
export async function AudiencePanel({ desk, terms }: { desk: Desk; terms: ModuleTerms }) {
  const { merchantModules } = desk.gateway
  const [t, all, shared, audience, groups] = await Promise.all([
    getTranslations('modules.audience'),
    getTranslations('modules'),
    getTranslations('shared'),
    merchantModules.audience(desk.merchant.id, terms.module),
    merchantModules.groups(desk.merchant.id),
  ])
  const removal = await deedWords(t('removeShort'))
  const isListed = terms.audience === 'listed'
  const mayChange = desk.may('merchant.change')
  const more = audience.shopperCount - audience.shoppers.length
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={<Badge tone={isListed ? 'info' : 'neutral'}>{t(terms.audience)}</Badge>}
      />
      {isListed ? (
        <Facts className="mb-4">
          <Fact name={t('groups')}>{audience.groups.map(({ name }) => name).join(', ') || t('noGroups')}</Fact>
          <Fact name={t('shoppers')}>
            {audience.shoppers.length === 0 ? (
              t('noShoppers')
            ) : (
              <ul className="flex flex-col items-end gap-1">
                {audience.shoppers.map((email) => (
                  <li key={email} className="flex items-center gap-2 break-all">
                    {email}
                    {mayChange ? (
                      <DeedDialog
                        trigger={
                          <>
                            <X aria-hidden />
                            <span className="sr-only">{t('remove', { email })}</span>
                          </>
                        }
                        triggerLook={{ size: 'small', kind: 'quiet' }}
                        title={t('remove', { email })}
                        words={removal}
                        deed={excludeShopper.bind(null, terms.module, email)}
                      />
                    ) : null}
                  </li>
                ))}
                {more > 0 ? <li className="text-ink-faint">{t('more', { count: more })}</li> : null}
              </ul>
            )}
          </Fact>
        </Facts>
      ) : null}
      {mayChange ? (
        <DeedDialog
          trigger={
            <>
              {all('change')}
              <span className="sr-only">{t('title')}</span>
            </>
          }
          triggerLook={{ size: 'small' }}
          title={t('title')}
          description={t('text')}
          words={await deedWords(shared('save'))}
          deed={changeAudience.bind(null, terms.module)}
        >
          <Field id="audience-kind" label={t('title')}>
            <Select {...fieldControl('audience-kind', {})} name="audience" defaultValue={terms.audience}>
              <option value="everybody">{t('everybody')}</option>
              <option value="listed">{t('listed')}</option>
            </Select>
          </Field>
          <fieldset className="flex flex-col gap-3">
            <legend className="mb-2 text-sm font-medium text-ink">{t('groups')}</legend>
            {groups.length === 0 ? <p className="text-sm text-ink-faint">{t('noGroups')}</p> : null}
            {groups.map(({ id, name, members }) => (
              <Checkbox
                key={id}
                name="group"
                value={id}
                label={name}
                description={all('groups.members', { count: members })}
                defaultChecked={audience.groups.some((each) => each.id === id)}
              />
            ))}
          </fieldset>
          <Field id="audience-add" label={t('add')} hint={t('addText')}>
            <TextArea {...fieldControl('audience-add', { hint: t('addText') })} name="addresses" />
          </Field>
        </DeedDialog>
      ) : null}
    </Panel>
  )
}
