import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { deedWords } from '../../_parts/deed-words'
import { changeTerms } from '../actions'

/** How long payers of giro have, when they are reminded, and when an order is given up. */
export async function TermsPanel({ desk }: { desk: Desk }) {
  const t = await getTranslations('merchant.unpaid.terms')
  const { payWithinDays, demandDays, lapseDays } = await desk.gateway.giro.terms(desk.merchant.id)
  const demands = [...demandDays].sort((a, b) => a - b).join(', ')
  const now = t(demands === '' ? 'nowNoDemand' : 'now', { pay: payWithinDays, demands, lapse: lapseDays })
  return (
    <Panel className="mt-6">
      <PanelHeader
        title={t('title')}
        description={`${now}. ${t('text')}`}
        actions={
          desk.may('merchant.change') ? (
            <DeedDialog
              trigger={t('change')}
              triggerLook={{ size: 'small' }}
              title={t('title')}
              description={t('text')}
              words={await deedWords(t('confirm'))}
              deed={changeTerms}
            >
              {(
                [
                  ['payWithinDays', String(payWithinDays)],
                  ['demandDays', demands],
                  ['lapseDays', String(lapseDays)],
                ] as const
              ).map(([name, value]) => (
                <Field key={name} id={`terms-${name}`} label={t(name)}>
                  <Input
                    {...fieldControl(`terms-${name}`, {})}
                    name={name}
                    inputMode="numeric"
                    autoComplete="off"
                    maxLength={40}
                    defaultValue={value}
                    {...(name !== 'demandDays' && { required: true })}
                  />
                </Field>
              ))}
            </DeedDialog>
          ) : null
        }
      />
    </Panel>
  )
}
