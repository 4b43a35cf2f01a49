import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { DisputePanels } from '@/app/_glue/disputes/dispute-panels'
import { requireDispute } from '@/app/_glue/disputes/require-dispute'
import { stateTones } from '@/app/_glue/disputes/state-look'
import { AmountField } from '@/components/disputes/amount-field'
import { DeedForm } from '@/components/disputes/deed-form'
import { WordsField } from '@/components/disputes/words-field'
import { Badge } from '@/components/ui/badge'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { stateAfter } from '@/lib/disputes/dispute-moves'
import { answerDispute } from '../actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('disputes')
  return { title: t('one') }
}

/** One dispute for the shop's people: what was said, and the shop's answer while there is time. */
export default async function DisputePage({ params }: { params: Promise<{ disputeId: string }> }) {
  const { disputeId: id } = await params
  const desk = await requireDesk('portal.see', `/merchant/disputes/${id}`)
  const dispute = await requireDispute(desk, id)
  const [t, texts] = await Promise.all([getTranslations('disputes'), getTranslations('merchant')])
  const mayAnswer = desk.may('dispute.answer') && stateAfter(dispute.state, 'answered') !== undefined
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {dispute.orderName}
            <Badge tone={stateTones[dispute.state]}>{t(`state.${dispute.state}`)}</Badge>
          </span>
        }
        back={{ href: '/merchant/disputes', label: t('back') }}
      />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <DisputePanels desk={desk} dispute={dispute} />
        </div>
        {mayAnswer ? (
          <Panel>
            <PanelHeader title={t('desk.answerTitle')} description={t('desk.answerText')} />
            <div className="flex flex-col gap-4">
              {dispute.state === 'unanswered' ? <Notice tone="warn">{t('noAnswer')}</Notice> : null}
              <DeedForm
                submit={t('desk.sendAnswer')}
                unknown={texts('refused.unknown')}
                deed={answerDispute.bind(null, id)}
              >
                <WordsField id="answer" label={t('desk.answerWords')} />
                <AmountField
                  id="offer"
                  label={t('desk.offer')}
                  hint={t('desk.offerHint')}
                  currency={dispute.currency}
                  locale={desk.locale}
                />
              </DeedForm>
            </div>
          </Panel>
        ) : null}
      </div>
    </>
  )
}
