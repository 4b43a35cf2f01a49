import { getTranslations } from 'next-intl/server'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { publicId, type Uuid } from '@/lib/ids'
import { requestOutcomes } from '@/lib/operations/request-store'
import type { Caller } from './callers'
import { HERE, methods, type RequestFilters } from './request-query'

const LOOK = 'h-11 text-sm'

interface Props {
  readonly filters: RequestFilters
  readonly callers: ReadonlyMap<Uuid, Caller>
}

/** What to look for; a GET form, so that the address says it and can be shared. */
export async function RequestForm({ filters, callers }: Props) {
  const t = await getTranslations('merchant.requests')
  const choices = [
    { name: 'method', options: methods.map((one) => [one, one] as const) },
    { name: 'outcome', options: requestOutcomes.map((one) => [one, t(`outcomes.${one}`)] as const) },
    { name: 'caller', options: [...callers].map(([id, { name }]) => [publicId('key', id), name] as const) },
  ] as const
  const isFiltered = Object.values(filters).some((value) => value !== '')
  return (
    <Panel className="mb-5">
      <form role="search" aria-label={t('title')} className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Field id="request-q" label={t('search')} className="col-span-2">
          <Input
            id="request-q"
            name="q"
            type="search"
            defaultValue={filters.q}
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="search"
            className={LOOK}
          />
        </Field>
        {(['from', 'until'] as const).map((name) => (
          <Field key={name} id={`request-${name}`} label={t(name)} className="col-span-2 sm:col-span-1">
            <Input
              id={`request-${name}`}
              type="datetime-local"
              name={name}
              defaultValue={filters[name]}
              className={LOOK}
            />
          </Field>
        ))}
        {choices.map(({ name, options }) => (
          <Field key={name} id={`request-${name}`} label={t(name)}>
            <Select id={`request-${name}`} name={name} defaultValue={filters[name]} className={LOOK}>
              <option value="">{t('any')}</option>
              {options.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
        ))}
        <div className="flex items-end gap-2">
          <Button type="submit" kind="primary">
            {t('apply')}
          </Button>
          {isFiltered ? (
            <ButtonLink kind="quiet" href={HERE}>
              {t('clear')}
            </ButtonLink>
          ) : null}
        </div>
      </form>
    </Panel>
  )
}
