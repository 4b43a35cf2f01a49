'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { survey, weightsOf } from '@/lib/vcard/survey'
import type { Adjustments, Answers, Question } from '@/lib/vcard/survey'
import type { RewardType } from '@/lib/vcard/optimizer/instance'
import type accountTexts from '@/locales/ko/account.json'
import { fill } from '../i18n/fill'
import { Button } from '../ui/button'
import { Choice } from '../ui/choice'
import { Notice } from '../ui/notice'
import { Progress } from '../ui/progress'
import { Summary } from '../ui/summary'
import { WeightsEditor } from './weights-editor'
import { WeightsView } from './weights-view'

const QUESTIONS = Object.keys(survey) as Question[]

export interface FilledSurvey {
  readonly answers: Answers
  readonly adjusted: Adjustments
}

interface Props {
  /** Earlier answers, to begin with. */
  readonly before?: FilledSurvey
  readonly locale: string
  readonly words: {
    readonly preferences: (typeof accountTexts)['preferences']
    readonly types: Record<RewardType, string>
  }
  readonly save: (filled: FilledSurvey) => Promise<void>
}

/** The preference survey (M-325): one question a screen, then what the answers mean, which may be adjusted. */
export function SurveyForm({ before, locale, words, save }: Props) {
  const [answers, setAnswers] = useState<Partial<Answers>>(before?.answers ?? {})
  const [adjusted, setAdjusted] = useState<Adjustments>({})
  const [step, setStep] = useState(0)
  const [isBusy, setBusy] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const router = useRouter()
  const t = words.preferences
  const question = QUESTIONS[step]

  if (question) {
    const { question: text, ...choices } = t[question]
    return (
      <form
        className="flex max-w-xl flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          setStep(step + 1)
        }}
      >
        <div className="flex items-center gap-4">
          <Progress label={t.title} value={(step + 1) / (QUESTIONS.length + 1)} />
          <span className="figures shrink-0 text-sm text-ink-faint">
            {fill(t.step, { part: step + 1, whole: QUESTIONS.length })}
          </span>
        </div>
        <fieldset key={question} className="flex flex-col gap-2.5">
          <legend className="mb-4 text-xl font-bold text-ink">{text}</legend>
          {Object.keys(survey[question]).map((answer) => (
            <Choice
              key={answer}
              name={question}
              value={answer}
              required
              checked={answers[question] === answer}
              onChange={() => setAnswers({ ...answers, [question]: answer })}
              label={(choices as Record<string, string>)[answer]}
            />
          ))}
        </fieldset>
        <div className="flex gap-2">
          {step > 0 ? <Button onClick={() => setStep(step - 1)}>{t.back}</Button> : null}
          <Button type="submit" kind="primary" disabled={!answers[question]}>
            {t.continue}
          </Button>
        </div>
      </form>
    )
  }

  // Every question has been answered to come this far.
  const filled = { answers: answers as Answers, adjusted }
  const weights = weightsOf(filled.answers, adjusted)
  return (
    <div className="flex max-w-xl flex-col gap-6">
      <section>
        <h2 className="mb-4 text-xl font-bold text-ink">{t.meaning}</h2>
        <WeightsView weights={weights} locale={locale} words={t} />
      </section>
      <details className="group rounded-lg ring-1 ring-line">
        <Summary>{t.adjust}</Summary>
        <div className="px-4 pb-5">
          <WeightsEditor {...{ weights, adjusted, locale, words }} onAdjusted={setAdjusted} />
        </div>
      </details>
      {hasFailed ? (
        <Notice tone="bad" live>
          {t.failed}
        </Notice>
      ) : null}
      <div className="flex gap-2">
        <Button onClick={() => setStep(step - 1)}>{t.back}</Button>
        <Button
          kind="primary"
          busy={isBusy}
          onClick={() => {
            setBusy(true)
            setFailed(false)
            void save(filled).then(
              () => router.push('/account/preferences?saved'),
              () => {
                setFailed(true)
                setBusy(false)
              },
            )
          }}
        >
          {t.save}
        </Button>
      </div>
    </div>
  )
}
