import { getTranslations } from 'next-intl/server'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { linkNames } from '@/lib/gateways/link-observer'
import { type LogFilters, processes, results } from './log-query'

const LOOK = 'h-11 text-sm'

/** What to look for; a GET form, so that the address says it and can be shared. */
export async function LogForm({ filters, here }: { filters: LogFilters; here: string }) {
  const t = await getTranslations('operator')
  const choices = [
    { name: 'link', options: linkNames.map((one) => [one, t(`board.link.${one}`)] as const) },
    { name: 'result', options: results.map((one) => [one, t(`messages.results.${one}`)] as const) },
    { name: 'process', options: processes.map((one) => [one, one] as const) },
  ] as const
  const isFiltered = Object.values(filters).some((value) => value !== '')
  return (
    <Panel className="mb-5">
      <form role="search" aria-label={t('messages.title')} className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Field id="log-name" label={t('messages.name')} className="lg:col-span-2">
          <Input
            id="log-name"
            name="name"
            defaultValue={filters.name}
            autoComplete="off"
            spellCheck={false}
            className={LOOK}
          />
        </Field>
        <Field id="log-text" label={t('messages.contains')} className="lg:col-span-2">
          <Input id="log-text" name="text" defaultValue={filters.text} autoComplete="off" className={LOOK} />
        </Field>
        {(['from', 'until'] as const).map((name) => (
          <Field key={name} id={`log-${name}`} label={t(`messages.${name}`)}>
            <Input id={`log-${name}`} type="datetime-local" name={name} defaultValue={filters[name]} className={LOOK} />
          </Field>
        ))}
        <div className="grid grid-cols-3 gap-3 sm:col-span-2">
          {choices.map(({ name, options }) => (
            <Field key={name} id={`log-${name}`} label={t(`messages.${name}`)}>
              <Select id={`log-${name}`} name={name} defaultValue={filters[name]} className={LOOK}>
                <option value="">{t('messages.any')}</option>
                {options.map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
        </div>
        <div className="flex gap-2 sm:col-span-2 lg:col-span-4">
          <Button type="submit" kind="primary">
            {t('messages.search')}
          </Button>
          {isFiltered ? (
            <ButtonLink kind="quiet" href={here}>
              {t('messages.clear')}
            </ButtonLink>
          ) : null}
        </div>
      </form>
    </Panel>
  )
}
