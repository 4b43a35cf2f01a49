import { Pencil } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Fact, Facts } from '@/components/ui/facts'
import { Field, fieldControl } from '@/components/ui/field'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { deedWords } from '../../_parts/deed-words'
import { saveContract } from '../key-actions'

const ASKED = ['required', 'none'] as const
const CLAUSES = [
  ['signedLink', ASKED],
  ['confirmation', ASKED],
  ['signedCancel', ASKED],
  ['confirmationLine', ['mutual', 'public']],
  ['refundBeyondBalance', ['allow', 'queue']],
] as const

/** What asks for nothing more. */
const LAX: readonly string[] = ['none', 'public', 'allow']

/** Which signatures the shop's contract asks for, whatever the means of payment. */
export async function SignatureContract({ desk }: { desk: Desk }) {
  const [t, shared, contract] = await Promise.all([
    getTranslations('merchant.contract'),
    getTranslations('shared'),
    desk.gateway.contracts.of(desk.merchant.id),
  ])
  if (!contract) return null
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          desk.may('contract.change') ? (
            <DeedDialog
              icon={<Pencil aria-hidden />}
              trigger={t('change')}
              triggerLook={{ size: 'small' }}
              title={t('change')}
              description={t('changeText')}
              words={await deedWords(shared('save'))}
              deed={saveContract}
            >
              {CLAUSES.map(([clause, values]) => (
                <Field key={clause} id={clause} label={t(`${clause}.name`)} hint={t(`${clause}.hint`)}>
                  <Select
                    {...fieldControl(clause, { hint: t(`${clause}.hint`) })}
                    name={clause}
                    defaultValue={contract[clause]}
                  >
                    {values.map((value) => (
                      <option key={value} value={value}>
                        {t(`values.${value}`)}
                      </option>
                    ))}
                  </Select>
                </Field>
              ))}
            </DeedDialog>
          ) : null
        }
      />
      <Facts>
        {CLAUSES.map(([clause]) => (
          <Fact key={clause} name={t(`${clause}.name`)}>
            <Badge tone={LAX.includes(contract[clause]) ? 'neutral' : 'accent'}>
              {t(`values.${contract[clause]}`)}
            </Badge>
          </Fact>
        ))}
        <Fact name={t('outcome.name')}>
          <Badge tone="accent">{t('outcome.always')}</Badge>
        </Fact>
      </Facts>
    </Panel>
  )
}
