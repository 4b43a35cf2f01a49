import { Plus, RefreshCw } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { planPrice } from '@/app/_glue/plan-words'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { PriceFields } from '@/components/merchant/price-fields'
import { Badge } from '@/components/ui/badge'
import { buttonLook } from '@/components/ui/button-look'
import { CopyButton } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Select } from '@/components/ui/select'
import { publicId, readPublicId } from '@/lib/ids'
import { units } from '@/lib/calendar'
import { closePlan, createPlan } from '../actions'
import { SubscriptionTabs } from '../subscription-tabs'

const PAGE = 25
const HERE = '/merchant/subscriptions/plans'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('selling.plans')
  return { title: t('title') }
}

/** What the shop charges again and again, with the address at which shoppers subscribe. */
export default async function PlansPage({ searchParams }: { searchParams: Promise<{ before?: string }> }) {
  const before = readPublicId('pln', (await searchParams).before ?? '')
  const desk = await requireDesk('subscription.see', HERE)
  const { gateway, merchant, locale } = desk
  const [t, links, shared, found] = await Promise.all([
    getTranslations('selling.plans'),
    getTranslations('selling.links'),
    getTranslations('shared'),
    gateway.subscriptions.plans.list(merchant.id, { limit: PAGE + 1, ...(before && { before }) }),
  ])
  const plans = await Promise.all(
    found.slice(0, PAGE).map(async (plan) => ({ ...plan, price: await planPrice(plan, locale) })),
  )
  const last = found.length > PAGE ? plans.at(-1) : undefined
  const mayChange = desk.may('subscription.change')
  const [createWords, closeWords] = await Promise.all([deedWords(t('create')), deedWords(t('close'))])
  const hints = { every: t('everyHint'), anchor: t('anchorHint') }
  const number = { inputMode: 'numeric', autoComplete: 'off', maxLength: 3, className: 'figures' } as const
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          mayChange ? (
            <DeedDialog
              icon={<Plus aria-hidden />}
              trigger={t('create')}
              triggerLook={{ kind: 'primary' }}
              title={t('create')}
              words={createWords}
              deed={createPlan}
            >
              <Field id="plan-name" label={t('name')}>
                <Input id="plan-name" name="name" required maxLength={100} />
              </Field>
              <PriceFields
                id="plan"
                currencies={merchant.currencies}
                locale={locale}
                words={{ currency: links('currency'), amount: t('amount') }}
              />
              <div className="grid grid-cols-2 gap-3">
                <Field id="plan-every" label={t('every')}>
                  <Input id="plan-every" name="every" required defaultValue="1" {...number} />
                </Field>
                <Field id="plan-unit" label={t('unit')}>
                  <Select id="plan-unit" name="unit" defaultValue="month">
                    {units.map((unit) => (
                      <option key={unit} value={unit}>
                        {t(`units.${unit}`)}
                      </option>
                    ))}
                  </Select>
                </Field>
              </div>
              <p className="-mt-2 text-sm text-ink-faint">{hints.every}</p>
              <Field id="plan-trial" label={t('trialDays')} aside={links('optional')}>
                <Input id="plan-trial" name="trialDays" {...number} />
              </Field>
              <Field id="plan-anchor" label={t('anchorDay')} hint={hints.anchor} aside={links('optional')}>
                <Input {...fieldControl('plan-anchor', { hint: hints.anchor })} name="anchorDay" {...number} />
              </Field>
            </DeedDialog>
          ) : null
        }
      />
      <SubscriptionTabs current="plans" />
      {plans.length === 0 ? (
        <EmptyState icon={RefreshCw} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line" aria-label={t('title')}>
          {plans.map(({ id, name, price, trialDays, closedAt, url }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-4">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 font-medium break-words text-ink">
                  {name}
                  {closedAt ? <Badge>{t('closed')}</Badge> : null}
                </p>
                <p className="figures text-sm text-ink-faint">
                  {[price, trialDays > 0 ? t('trial', { days: trialDays }) : ''].filter(Boolean).join(' · ')}
                </p>
              </div>
              {closedAt ? null : (
                <div className="flex flex-wrap items-center gap-2">
                  <a href={url} className={buttonLook({ kind: 'quiet', size: 'small' })}>
                    {links('openPage')}
                  </a>
                  <CopyButton text={url} label={shared('copy')} done={shared('copied')} />
                  {mayChange ? (
                    <DeedDialog
                      trigger={t('close')}
                      triggerLook={{ kind: 'quiet', size: 'small' }}
                      title={t('closeTitle')}
                      description={t('closeText')}
                      words={closeWords}
                      isDangerous
                      deed={closePlan.bind(null, publicId('pln', id))}
                    />
                  ) : null}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      <Pager label={links('older')} {...(last && { nextHref: `${HERE}?before=${publicId('pln', last.id)}` })} />
    </>
  )
}
