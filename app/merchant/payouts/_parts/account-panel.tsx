import { Landmark } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge, type Tone } from '@/components/ui/badge'
import { FaultOf } from '@/components/ui/faults'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { publicId } from '@/lib/ids'
import type { PayoutAccount, PayoutAccountState } from '@/lib/settlement/account-store'
import { deedWords } from '../../_parts/deed-words'
import { decideAccount, proposeAccount } from '../actions'

const SHOWN = 6
const TONES: Readonly<Record<PayoutAccountState, Tone>> = {
  ...{ proposed: 'warn', active: 'good', refused: 'neutral', replaced: 'neutral', 'rejected-by-bank': 'bad' },
}

/** Where the shop is paid out, and who agreed to it. Two people change it: the second may be the operator. */
export async function AccountPanel({ desk, accounts }: { desk: Desk; accounts: readonly PayoutAccount[] }) {
  const { locale, merchant, person } = desk
  const t = await getTranslations('settlement.account')
  const may = desk.may('payout-account.change')
  const words = { propose: await deedWords(t('propose')), agree: await deedWords(t('agree')) }
  return (
    <Panel className="mb-5">
      <PanelHeader
        title={t('title')}
        description={t('text')}
        actions={
          may ? (
            <DeedDialog
              icon={<Landmark aria-hidden />}
              trigger={t('change')}
              title={t('change')}
              description={t('changeText')}
              words={words.propose}
              deed={proposeAccount}
            >
              <Field id="payout-currency" label={t('currency')}>
                <Select id="payout-currency" name="currency">
                  {merchant.currencies.map((currency) => (
                    <option key={currency}>{currency}</option>
                  ))}
                </Select>
              </Field>
              <Field id="payout-bank" label={t('bank')} hint={t('bankHint')}>
                <Input {...fieldControl('payout-bank', { hint: t('bankHint') })} name="bank" required maxLength={35} />
                <FaultOf at="bank" />
              </Field>
              <Field id="payout-number" label={t('number')}>
                <Input
                  id="payout-number"
                  name="number"
                  required
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={44}
                />
                <FaultOf at="number" />
              </Field>
              <Field id="payout-holder" label={t('holder')}>
                <Input id="payout-holder" name="holder" required maxLength={70} autoComplete="organization" />
                <FaultOf at="holder" />
              </Field>
            </DeedDialog>
          ) : null
        }
      />
      {accounts.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('none')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {accounts.slice(0, SHOWN).map((account) => (
            <li key={account.id} className="flex flex-wrap items-center justify-between gap-3 py-3 text-sm">
              <div className="min-w-0">
                <p className="font-medium text-ink">
                  {account.holder} · {account.bank} <span className="figures">····{account.lastFour}</span> ·{' '}
                  {account.currency}
                </p>
                <p className="text-ink-faint">
                  {t('proposedBy', { name: account.proposedBy.name, at: formatDateTime(account.proposedAt, locale) })}
                  {account.decidedBy ? ` · ${t('decidedBy', { name: account.decidedBy.name })}` : ''}
                </p>
              </div>
              <div className="flex items-center gap-2">
                <Badge tone={TONES[account.state]}>{t(`state.${account.state}`)}</Badge>
                {may && account.state === 'proposed' && account.proposedBy.id !== person.id ? (
                  <DeedDialog
                    trigger={t('agree')}
                    triggerLook={{ size: 'small' }}
                    title={t('agree')}
                    description={t('agreeText', { holder: account.holder, lastFour: account.lastFour })}
                    words={words.agree}
                    deed={decideAccount.bind(null, publicId('pac', account.id))}
                  />
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
