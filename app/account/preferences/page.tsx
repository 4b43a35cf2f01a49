import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { SurveyForm } from '@/components/account/survey-form'
import { WeightsView } from '@/components/account/weights-view'
import { formatDateTime } from '@/components/i18n/format'
import { ButtonLink } from '@/components/ui/button-link'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { usualWeights } from '@/lib/vcard/survey'
import { savePreference } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.preferences')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ survey?: string; saved?: string }>
}

/** My Preference (M-325, M-326): the weights in force, and the survey. */
export default async function PreferencesPage({ searchParams }: Props) {
  const { survey, saved } = await searchParams
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson('/account/preferences'),
    runningGateway(),
    getLocale(),
    getTranslations('account.preferences'),
    getMessages(),
  ])
  const current = await gateway.preferences.current(person.id)
  if (survey !== undefined) {
    return (
      <>
        <PageHeader title={t('title')} back={{ href: '/account/preferences', label: t('title') }} />
        <SurveyForm
          locale={locale}
          words={{ preferences: messages.account.preferences, types: messages.account.card.type }}
          save={savePreference}
          {...(current && { before: { answers: current.answers, adjusted: current.adjusted } })}
        />
      </>
    )
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <ButtonLink href="/account/preferences?survey" kind="primary">
            {current ? t('again') : t('start')}
          </ButtonLink>
        }
      />
      {saved === undefined ? null : (
        <Notice tone="good" className="mb-5" live>
          {t('saved')}
        </Notice>
      )}
      <Panel className="max-w-xl">
        <PanelHeader
          title={t('inForce')}
          description={current ? t('since', { time: formatDateTime(current.answeredAt, locale) }) : t('usual')}
        />
        <WeightsView weights={current?.weights ?? usualWeights} locale={locale} words={messages.account.preferences} />
        {current ? (
          <dl className="mt-5 flex flex-col gap-3 border-t border-line pt-5 text-sm">
            <Answer question={t('feature.question')} answer={t(`feature.${current.answers.feature}`)} />
            <Answer question={t('reward.question')} answer={t(`reward.${current.answers.reward}`)} />
            <Answer question={t('bill.question')} answer={t(`bill.${current.answers.bill}`)} />
          </dl>
        ) : null}
      </Panel>
    </>
  )
}

function Answer({ question, answer }: { question: string; answer: string }) {
  return (
    <div>
      <dt className="text-ink-faint">{question}</dt>
      <dd className="font-medium text-ink">{answer}</dd>
    </div>
  )
}
