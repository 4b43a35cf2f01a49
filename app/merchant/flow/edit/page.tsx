import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { FaultOf } from '@/components/ui/faults'
import { KeptForm } from '@/components/ui/kept-form'
import { decimalText } from '@/components/i18n/format'
import { Checkbox } from '@/components/ui/checkbox'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { silentTopics, staffOccasions } from '@/lib/flows/flow-document'
import { exponentOf } from '@/lib/money/currency'
import type { RawQuery } from '../../_parts/list-query'
import { HOOK_POINTS, ROOM } from '../_parts/flow-form'
import { saveFlow } from '../actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('flow')
  return { title: t('edit') }
}

const CAPTURES = ['at-once', 'by-hand', 'batch', 'after', 'shipped'] as const

/** A flow to be changed; what is saved is a new version, and the old one stays as it was. */
export default async function EditFlowPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const { from } = await searchParams
  const desk = await requireDesk('flow.change', '/merchant/flow/edit')
  const { gateway, merchant } = desk
  const [t, found, inForce] = await Promise.all([
    getTranslations('flow'),
    Number(from) > 0 ? gateway.flows.find(merchant.id, Math.trunc(Number(from))) : undefined,
    gateway.flows.inForce(merchant.id),
  ])
  const { document } = found ?? inForce
  const { capture, approvals, hooks, notify } = document
  return (
    <>
      <PageHeader title={t('edit')} description={t('editText')} back={{ href: '/merchant/flow', label: t('title') }} />
      <KeptForm save={saveFlow} words={{ submit: t('form.save'), unknown: t('form.unknown') }}>
        <Panel>
          <PanelHeader title={t('form.confirm.title')} description={t('form.confirm.text')} />
          <Select name="confirm" defaultValue={document.confirm} aria-label={t('form.confirm.title')}>
            <option value="as-contract">{t('form.confirm.asContract')}</option>
            <option value="always">{t('form.confirm.always')}</option>
          </Select>
          <FaultOf at="confirm" />
        </Panel>
        <Panel>
          <PanelHeader title={t('form.capture.title')} description={t('form.capture.text')} />
          <div className="grid gap-4 sm:grid-cols-3">
            <Field id="capture" label={t('form.capture.when')}>
              <Select {...fieldControl('capture', {})} name="capture" defaultValue={capture.when}>
                {CAPTURES.map((when) => (
                  <option key={when} value={when}>
                    {t(`form.capture.${when}`)}
                  </option>
                ))}
              </Select>
            </Field>
            <Field id="capture-at" label={t('form.capture.at')}>
              <Input
                {...fieldControl('capture-at', {})}
                type="time"
                name="capture-at"
                defaultValue={capture.when === 'batch' ? capture.at : '02:00'}
              />
            </Field>
            <Field id="capture-hours" label={t('form.capture.hours')}>
              <Input
                {...fieldControl('capture-hours', {})}
                name="capture-hours"
                inputMode="numeric"
                defaultValue={capture.when === 'after' ? String(capture.hours) : '24'}
              />
            </Field>
          </div>
          <FaultOf at="capture" />
        </Panel>
        <Panel>
          <PanelHeader title={t('form.approvals.title')} description={t('form.approvals.text')} />
          <div className="flex flex-col gap-4">
            {[...Array(ROOM.approvals).keys()].map((row) => {
              const rule = approvals[row]
              const at = `approval-${row}`
              return (
                <div key={row} role="group" aria-label={t('form.approvals.rule', { number: row + 1 })}>
                  <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_8rem_9rem]">
                    <Field id={`${at}-above`} label={t('form.approvals.above')}>
                      <Input
                        {...fieldControl(`${at}-above`, {})}
                        name={`${at}-above`}
                        inputMode="decimal"
                        autoComplete="off"
                        defaultValue={rule ? decimalText(BigInt(rule.above), exponentOf(rule.currency)) : ''}
                      />
                    </Field>
                    <Field id={`${at}-currency`} label={t('currency')}>
                      <Select
                        {...fieldControl(`${at}-currency`, {})}
                        name={`${at}-currency`}
                        defaultValue={rule?.currency ?? merchant.currencies[0]}
                      >
                        {merchant.currencies.map((one) => (
                          <option key={one}>{one}</option>
                        ))}
                      </Select>
                    </Field>
                    <Field id={`${at}-people`} label={t('form.approvals.people')}>
                      <Select
                        {...fieldControl(`${at}-people`, {})}
                        name={`${at}-people`}
                        defaultValue={String(rule?.people ?? 1)}
                      >
                        {[1, 2, 3].map((people) => (
                          <option key={people} value={people}>
                            {t('form.approvals.count', { people })}
                          </option>
                        ))}
                      </Select>
                    </Field>
                  </div>
                  <FaultOf at={at} />
                </div>
              )
            })}
          </div>
        </Panel>
        <Panel>
          <PanelHeader title={t('form.notify.title')} description={t('form.notify.text')} />
          <div className="flex flex-col gap-5">
            <Checkbox
              name="receipts"
              defaultChecked={notify.receipts}
              label={t('form.notify.receipts')}
              description={t('form.notify.receiptsText')}
            />
            {[...Array(ROOM.staff).keys()].map((row) => {
              const one = notify.staff[row]
              const at = `staff-${row}`
              return (
                <div key={row} role="group" aria-label={t('form.notify.person', { number: row + 1 })}>
                  <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_9rem]">
                    <Field id={`${at}-to`} label={t('form.notify.to')}>
                      <Input
                        {...fieldControl(`${at}-to`, {})}
                        type="email"
                        name={`${at}-to`}
                        autoComplete="off"
                        defaultValue={one?.to}
                      />
                    </Field>
                    <Field id={`${at}-locale`} label={t('form.notify.locale')}>
                      <Select
                        {...fieldControl(`${at}-locale`, {})}
                        name={`${at}-locale`}
                        defaultValue={one?.locale ?? desk.locale}
                      >
                        <option value="ko">한국어</option>
                        <option value="en">English</option>
                      </Select>
                    </Field>
                  </div>
                  <div className="mt-2 flex flex-wrap gap-x-5 gap-y-2">
                    {staffOccasions.map((occasion) => (
                      <Checkbox
                        key={occasion}
                        name={`${at}-on`}
                        value={occasion}
                        defaultChecked={one ? one.on.includes(occasion) : occasion === 'approval-needed'}
                        label={t(`occasion.${occasion}`)}
                      />
                    ))}
                  </div>
                  <FaultOf at={at} />
                </div>
              )
            })}
            <fieldset>
              <legend className="mb-2 text-sm font-medium text-ink">{t('form.notify.webhooks')}</legend>
              <div className="flex flex-wrap gap-x-5 gap-y-2">
                {silentTopics.map((topic) => (
                  <Checkbox
                    key={topic}
                    name="webhook"
                    value={topic}
                    defaultChecked={!notify.silent.includes(topic)}
                    label={<span className="font-mono text-xs">{topic}</span>}
                  />
                ))}
              </div>
            </fieldset>
          </div>
          <FaultOf at="notify" />
        </Panel>
        <Panel>
          <PanelHeader title={t('form.hooks.title')} description={t('form.hooks.text')} />
          <div className="flex flex-col gap-5">
            {HOOK_POINTS.map((point) => {
              const hook = hooks.find((one) => one.point === point)
              const at = `hook-${point}`
              return (
                <div key={point} role="group" aria-label={t(`step.hook.${point}`)}>
                  <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_8rem_11rem]">
                    <Field id={`${at}-url`} label={t(`step.hook.${point}`)}>
                      <Input
                        {...fieldControl(`${at}-url`, {})}
                        type="url"
                        name={`${at}-url`}
                        maxLength={500}
                        autoComplete="off"
                        placeholder="https://"
                        defaultValue={hook?.url}
                      />
                    </Field>
                    <Field id={`${at}-limit`} label={t('form.hooks.limit')}>
                      <Input
                        {...fieldControl(`${at}-limit`, {})}
                        name={`${at}-limit`}
                        inputMode="numeric"
                        defaultValue={String(hook?.timeLimitMs ?? 2000)}
                      />
                    </Field>
                    <Field id={`${at}-silence`} label={t('form.hooks.silence')}>
                      <Select
                        {...fieldControl(`${at}-silence`, {})}
                        name={`${at}-silence`}
                        defaultValue={hook?.noAnswer ?? 'deny'}
                      >
                        <option value="deny">{t('form.hooks.deny')}</option>
                        <option value="allow">{t('form.hooks.allow')}</option>
                      </Select>
                    </Field>
                  </div>
                  <FaultOf at={at} />
                </div>
              )
            })}
          </div>
        </Panel>
        <Panel>
          <Field id="note" label={t('form.note')} hint={t('form.noteHint')}>
            <Input {...fieldControl('note', { hint: t('form.noteHint') })} name="note" maxLength={200} required />
          </Field>
          <FaultOf at="note" />
        </Panel>
      </KeptForm>
    </>
  )
}
