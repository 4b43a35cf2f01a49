import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatDateTime } from '@/components/i18n/format'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { ModuleTerms } from '@/lib/payments/module-terms'
import { TermsPanel } from './terms-panel'

interface Props {
  readonly desk: Desk
  readonly terms: ModuleTerms
  readonly batch: 'capture' | 'collection'
}

/** When a module's batches run; set and removed here (M-150). */
export async function BatchPanel({ desk, terms, batch }: Props) {
  const t = await getTranslations('modules.batch')
  const { schedule, nextBatchAt } = terms
  const { TIME_ZONE } = desk.gateway.settings
  const shown = !schedule
    ? t('none')
    : schedule.kind === 'daily'
      ? t('dailyAt', { at: schedule.at })
      : t('monthlyAt', { at: schedule.at, day: schedule.day })
  return (
    <TermsPanel
      {...{ desk, module: terms.module, which: 'batch', title: t('title'), text: t(batch) }}
      form={
        <>
          <Field id="batch-kind" label={t('kind')}>
            <Select {...fieldControl('batch-kind', {})} name="kind" defaultValue={schedule?.kind ?? 'none'}>
              {(['none', 'daily', 'monthly'] as const).map((kind) => (
                <option key={kind} value={kind}>
                  {t(kind)}
                </option>
              ))}
            </Select>
          </Field>
          <Field id="batch-at" label={t('at')} hint={TIME_ZONE}>
            <Input
              {...fieldControl('batch-at', { hint: TIME_ZONE })}
              name="at"
              type="time"
              defaultValue={schedule?.at ?? '23:00'}
            />
          </Field>
          <Field id="batch-day" label={t('day')} hint={t('dayHint')}>
            <Input
              {...fieldControl('batch-day', { hint: t('dayHint') })}
              name="day"
              inputMode="numeric"
              maxLength={2}
              defaultValue={schedule?.kind === 'monthly' ? schedule.day : 25}
            />
          </Field>
        </>
      }
    >
      <p className="text-sm font-medium text-ink">{shown}</p>
      {nextBatchAt ? (
        <p className="mt-1 text-sm text-ink-faint">
          {t('next', { at: `${formatDateTime(nextBatchAt, desk.locale, TIME_ZONE)} (${TIME_ZONE})` })}
        </p>
      ) : null}
    </TermsPanel>
  )
}
