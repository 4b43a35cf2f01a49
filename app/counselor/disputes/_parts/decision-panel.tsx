import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { AmountField } from '@/components/disputes/amount-field'
import { DeedForm } from '@/components/disputes/deed-form'
import { WordsField } from '@/components/disputes/words-field'
import { formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Notice } from '@/components/ui/notice'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { limitLeft } from '@/lib/desk/member'
import type { Dispute } from '@/lib/disputes/dispute'
import { stateAfter } from '@/lib/disputes/dispute-moves'
import { publicId } from '@/lib/ids'
import { confirmDispute, decideDispute } from '../actions'

/** What whoever is at the desk may decide now: the first person proposes or decides, a second one agrees or not. */
export async function DecisionPanel({ desk, dispute, id }: { desk: Desk; dispute: Dispute; id: string }) {
  const { gateway, merchant, locale, person } = desk
  const [t, texts, payment, refunds] = await Promise.all([
    getTranslations('disputes.desk'),
    getTranslations('merchant'),
    gateway.payments.find(merchant.id, dispute.paymentId),
    gateway.refunds.listOfPayment(merchant.id, dispute.paymentId),
  ])
  const money = (amount: bigint) => formatMoney(amount, dispute.currency, locale)
  const me = publicId('per', person.id)
  if (dispute.state === 'second' && dispute.granted !== undefined) {
    const amount = money(dispute.granted)
    const isMine = dispute.decidedBy?.id === me
    return (
      <Panel>
        <PanelHeader
          title={t('proposed', { name: dispute.decidedBy?.name ?? '', amount })}
          description={t('proposedText')}
        />
        {isMine ? (
          <Notice>{t('notMine')}</Notice>
        ) : (
          <div className="flex flex-wrap gap-2">
            <DeedDialog
              trigger={t('agree')}
              triggerLook={{ kind: 'primary' }}
              title={t('agree')}
              description={t('agreeText', { amount })}
              words={await deedWords(t('agree'))}
              deed={confirmDispute.bind(null, id, true)}
            >
              <WordsField id="agree" label={t('why')} />
            </DeedDialog>
            <DeedDialog
              trigger={t('disagree')}
              title={t('disagree')}
              description={t('disagreeText')}
              words={await deedWords(t('disagree'))}
              deed={confirmDispute.bind(null, id, false)}
            >
              <WordsField id="disagree" label={t('why')} />
            </DeedDialog>
          </div>
        )}
      </Panel>
    )
  }
  if (!payment || stateAfter(dispute.state, 'granted') === undefined) return null
  const left = payment.capturedAmount - payment.refundedAmount
  const limit = limitLeft(desk, refunds)
  const most = dispute.wanted < left ? dispute.wanted : left
  return (
    <Panel>
      <PanelHeader title={t('decideTitle')} description={t('decideText')} />
      {dispute.answeredBy?.id === me ? (
        <Notice>{t('refused.own-answer')}</Notice>
      ) : (
        <div className="flex flex-col gap-4">
          {limit !== undefined && limit < most ? <Notice>{t('limit', { limit: money(limit) })}</Notice> : null}
          <DeedForm submit={t('decide')} unknown={texts('refused.unknown')} deed={decideDispute.bind(null, id)}>
            <AmountField
              id="granted"
              label={t('grant')}
              hint={t('grantHint', { wanted: money(dispute.wanted), left: money(left) })}
              currency={dispute.currency}
              locale={locale}
              initial={most}
            />
            <WordsField id="decision" label={t('words')} />
          </DeedForm>
        </div>
      )}
    </Panel>
  )
}
