import 'server-only'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { formatDuration } from '@/app/operator/_parts/figures'
import { Notice } from '@/components/ui/notice'
import type { ConfirmationTest } from '@/lib/merchants/confirmation-test'

const LOOKS = {
  good: { Icon: CircleCheck, tone: 'text-good' },
  warn: { Icon: TriangleAlert, tone: 'text-warn' },
  bad: { Icon: CircleX, tone: 'text-bad' },
} as const

/** What a test of the confirmation address found, step by step, in words that say what to change. */
export async function testResult(
  { steps, milliseconds, tid }: Extract<ConfirmationTest, { kind: 'tested' }>,
  locale: 'ko' | 'en',
): Promise<ReactNode> {
  const t = await getTranslations('merchant.confirmation.test')
  const worst = steps.some(({ state }) => state === 'bad')
    ? 'bad'
    : (steps.find(({ state }) => state === 'warn')?.state ?? 'good')
  return (
    <div className="flex flex-col gap-4">
      <Notice tone={worst} live>
        {t(`verdict.${worst}`)}
      </Notice>
      <ol className="flex flex-col gap-3">
        {steps.map(({ step, state, finding, word = '' }) => {
          const { Icon, tone } = LOOKS[state]
          return (
            <li key={step} className="flex items-start gap-3 text-sm" data-step={step} data-state={state}>
              <Icon className={`mt-0.5 size-5 shrink-0 ${tone}`} aria-label={t(`state.${state}`)} />
              <span className="min-w-0">
                <span className="block font-semibold text-ink">{t(`step.${step}`)}</span>
                <span className="block break-words text-ink-soft">
                  {t(`finding.${finding}`, { word, time: formatDuration(milliseconds, locale) })}
                </span>
              </span>
            </li>
          )
        })}
      </ol>
      <p className="text-xs break-all text-ink-faint">{t('asked', { tid })}</p>
    </div>
  )
}
