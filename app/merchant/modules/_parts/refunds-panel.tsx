import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { Fact, Facts } from '@/components/ui/facts'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { type ModuleTerms, refundPolicies, type RefundTerms } from '@/lib/payments/module-terms'
import { TermsPanel } from './terms-panel'

/** How refunds of a means are handled, by product group where that differs. */
export async function RefundsPanel({ desk, terms }: { desk: Desk; terms: ModuleTerms }) {
  const t = await getTranslations('modules.refunds')
  const { refunds } = terms
  const words = ({ policy, days }: RefundTerms) =>
    `${t(policy)} · ${days === undefined ? t('always') : t('daysOf', { days })}`
  const lines = refunds.groups.map(({ group, policy, days }) => [group, policy, ...(days ? [days] : [])].join(', '))
  const hint = t('groupsHint')
  return (
    <TermsPanel
      {...{ desk, module: terms.module, which: 'refunds', title: t('title'), text: t('text') }}
      form={
        <>
          <Field id="refund-policy" label={t('policy')}>
            <Select {...fieldControl('refund-policy', {})} name="policy" defaultValue={refunds.policy}>
              {refundPolicies.map((policy) => (
                <option key={policy} value={policy}>
                  {t(policy)}
                </option>
              ))}
            </Select>
          </Field>
          <Field id="refund-days" label={t('days')} hint={t('always')}>
            <Input
              {...fieldControl('refund-days', { hint: t('always') })}
              name="days"
              inputMode="numeric"
              autoComplete="off"
              maxLength={4}
              defaultValue={refunds.days}
            />
          </Field>
          <Field id="refund-groups" label={t('groups')} hint={hint}>
            <TextArea {...fieldControl('refund-groups', { hint })} name="groups" defaultValue={lines.join('\n')} />
          </Field>
        </>
      }
    >
      <Facts>
        <Fact name={t('policy')}>{words(refunds)}</Fact>
        {refunds.groups.map((own) => (
          <Fact key={own.group} name={own.group}>
            {words(own)}
          </Fact>
        ))}
      </Facts>
    </TermsPanel>
  )
}
