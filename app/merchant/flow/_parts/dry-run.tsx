import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { FlowList } from '@/components/merchant/flow-picture'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { readTypedAmount } from '@/components/ui/typed-amount'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { flowSteps } from '@/lib/flows/flow-steps'
import type { FlowInForce } from '@/lib/flows/plan-order'
import type { RawQuery } from '../../_parts/list-query'
import { drawnSteps } from './step-words'

const CAPTURES = ['', 'automatic', 'manual'] as const

/** An example payment, and step by step what would happen to it. The address says which, so that it can be shared. */
export async function DryRun({ desk, flow, query }: { desk: Desk; flow: FlowInForce; query: RawQuery }) {
  const { merchant, locale } = desk
  const t = await getTranslations('flow')
  const typed = typeof query['amount'] === 'string' ? query['amount'].slice(0, 20) : ''
  const currency = merchant.currencies.find((one) => one === query['currency']) ?? merchant.currencies[0] ?? 'KRW'
  const capture = CAPTURES.find((one) => one === query['capture']) ?? ''
  const isDeferred = query['deferred'] === 'on'
  const amount = readTypedAmount(typed, currency)
  const error = typed && !amount ? t('dryRun.wrong') : undefined
  const order = { amount: amount ?? 0n, currency, capture: capture || undefined, isDeferred }
  const around = { contractConfirms: merchant.confirmation === 'required' }
  const steps = amount ? await drawnSteps(flowSteps(flow.document, around, order), locale) : []
  return (
    <Panel id="dry-run">
      <PanelHeader title={t('dryRun.title')} description={t('dryRun.text')} />
      <div className="grid items-start gap-8 lg:grid-cols-2">
        <form action="/merchant/flow#dry-run" className="flex flex-col gap-4">
          <input type="hidden" name="version" value={flow.version} />
          <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_8rem]">
            <Field id="dry-amount" label={t('dryRun.amount')} error={error}>
              <Input
                {...fieldControl('dry-amount', { error })}
                name="amount"
                inputMode="decimal"
                autoComplete="off"
                defaultValue={typed}
                required
              />
            </Field>
            <Field id="dry-currency" label={t('currency')}>
              <Select {...fieldControl('dry-currency', {})} name="currency" defaultValue={currency}>
                {merchant.currencies.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </Select>
            </Field>
          </div>
          <Field id="dry-capture" label={t('dryRun.capture')}>
            <Select {...fieldControl('dry-capture', {})} name="capture" defaultValue={capture}>
              {CAPTURES.map((one) => (
                <option key={one} value={one}>
                  {t(`dryRun.captures.${one || 'flow'}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Checkbox name="deferred" defaultChecked={isDeferred} label={t('dryRun.deferred')} />
          <div>
            <Button type="submit">{t('dryRun.run')}</Button>
          </div>
        </form>
        {steps.length > 0 ? (
          <FlowList steps={steps} label={t('dryRun.result')} />
        ) : (
          <p className="text-sm text-ink-faint">{t('dryRun.none')}</p>
        )}
      </div>
    </Panel>
  )
}
