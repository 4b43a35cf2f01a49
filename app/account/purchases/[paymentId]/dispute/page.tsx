import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DisputeFacts } from '@/app/_glue/disputes/dispute-facts'
import { DisputeStory } from '@/app/_glue/disputes/dispute-story'
import { stateTones } from '@/app/_glue/disputes/state-look'
import { runningGateway } from '@/app/_glue/gateway'
import { ownPurchase } from '@/app/_glue/own-purchase'
import { requirePerson } from '@/app/_glue/session'
import { AmountField } from '@/components/disputes/amount-field'
import { DeedForm } from '@/components/disputes/deed-form'
import { WordsField } from '@/components/disputes/words-field'
import { formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Field, fieldControl } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { disputeReasons } from '@/lib/disputes/dispute'
import { isClosed } from '@/lib/disputes/dispute-moves'
import { openDispute } from './actions'
import { ShopperDeeds } from './shopper-deeds'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('disputes.shopper')
  return { title: t('title') }
}

/** The shopper's side: the claim, then what the shop says and what can be done about it. */
export default async function ShopperDisputePage({ params }: { params: Promise<{ paymentId: string }> }) {
  const { paymentId } = await params
  const [person, gateway, locale, t] = await Promise.all([
    requirePerson(`/account/purchases/${paymentId}/dispute`),
    runningGateway(),
    getLocale(),
    getTranslations('disputes'),
  ])
  const payment = await ownPurchase(gateway, person, paymentId)
  if (!payment) notFound()
  const disputes = await gateway.disputes.listOfPayment(payment.merchantId, payment.id)
  const histories = await Promise.all(disputes.map(({ id }) => gateway.disputes.history(payment.merchantId, id)))
  const may = gateway.disputes.claims.claimable(payment)
  const isOpen = disputes.some(({ state }) => !isClosed(state))
  const unknown = (await getTranslations('merchant'))('refused.unknown')
  return (
    <>
      <PageHeader
        title={t('shopper.title')}
        description={payment.orderName}
        back={{ href: `/account/purchases/${paymentId}`, label: t('shopper.backToPurchase') }}
      />
      <div className="flex max-w-2xl flex-col gap-5">
        {isOpen ? null : 'refused' in may ? (
          <Notice>{t(`shopper.refused.${may.refused}`)}</Notice>
        ) : (
          <Panel>
            <PanelHeader title={t('shopper.begin')} description={t('shopper.text')} />
            <DeedForm submit={t('shopper.send')} unknown={unknown} deed={openDispute.bind(null, paymentId)}>
              <Field id="reason" label={t('shopper.reason')}>
                <Select {...fieldControl('reason', {})} name="reason" defaultValue={disputeReasons[0]}>
                  {disputeReasons.map((one) => (
                    <option key={one} value={one}>
                      {t(`reasons.${one}`)}
                    </option>
                  ))}
                </Select>
              </Field>
              <WordsField id="words" label={t('shopper.words')} hint={t('shopper.wordsHint')} />
              <AmountField
                id="wanted"
                label={t('shopper.wanted')}
                hint={t('shopper.wantedHint', { left: formatMoney(may.left, payment.currency, locale) })}
                currency={payment.currency}
                locale={locale}
                initial={may.left}
              />
            </DeedForm>
          </Panel>
        )}
        {disputes.map((dispute, index) => (
          <Panel key={dispute.id}>
            <PanelHeader
              title={t('one')}
              actions={<Badge tone={stateTones[dispute.state]}>{t(`state.${dispute.state}`)}</Badge>}
            />
            <ShopperDeeds dispute={dispute} paymentId={paymentId} locale={locale} />
            <DisputeFacts dispute={dispute} locale={locale} />
            <div className="mt-5">
              <DisputeStory dispute={dispute} history={histories[index]!} locale={locale} namesPeople={false} />
            </div>
          </Panel>
        ))}
      </div>
    </>
  )
}
