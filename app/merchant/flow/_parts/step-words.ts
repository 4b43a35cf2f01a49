import 'server-only'
import { getTranslations } from 'next-intl/server'
import { formatMoney } from '@/components/i18n/format'
import type { DrawnStep } from '@/components/merchant/flow-picture'
import type { FlowStep } from '@/lib/flows/flow-steps'

/** The steps of a flow in the reader's words, as the picture draws them and the list says them. */
export async function drawnSteps(steps: readonly FlowStep[], locale: 'ko' | 'en'): Promise<DrawnStep[]> {
  const t = await getTranslations('flow.step')

  function waiting(capture: Extract<FlowStep, { kind: 'wait' }>['capture']): string {
    switch (capture.when) {
      case 'by-hand':
        return t('wait.byHand')
      case 'shipped':
        return t('wait.shipped')
      case 'batch':
        return t('wait.batch', { at: capture.at })
      case 'after':
        return t('wait.after', { hours: capture.hours })
    }
  }

  function detailOf(step: FlowStep): string {
    switch (step.kind) {
      case 'open':
      case 'authorize':
      case 'capture':
      case 'await':
        return t(`${step.kind}.text`)
      case 'hook':
        return t(`hook.${step.hook.noAnswer}`, {
          host: hostOf(step.hook.url),
          seconds: step.hook.timeLimitMs / 1000,
        })
      case 'confirm':
        return t(`confirm.${step.because}`)
      case 'approve':
        return step.rules
          .map(({ currency, above, people }) =>
            t('approve.rule', { amount: formatMoney(BigInt(above), currency, locale), people }),
          )
          .join(' · ')
      case 'approval':
        return t('approval.text', { people: step.people })
      case 'wait':
        return waiting(step.capture)
      case 'notify':
        return [
          t(step.notify.receipts ? 'notify.receipts' : 'notify.noReceipts'),
          ...(step.notify.staff.length > 0 ? [t('notify.staff', { count: step.notify.staff.length })] : []),
          ...(step.notify.silent.length > 0 ? [t('notify.silent', { count: step.notify.silent.length })] : []),
        ].join(' · ')
    }
  }

  return steps.map((step) => {
    const name = step.kind === 'hook' ? (`hook.${step.hook.point}` as const) : (`${step.kind}.title` as const)
    const stops = ['hook', 'authorize', 'confirm', 'approve', 'approval'].includes(step.kind)
    return { title: t(name), detail: detailOf(step), ...(stops ? { no: t('no') } : {}) }
  })
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
