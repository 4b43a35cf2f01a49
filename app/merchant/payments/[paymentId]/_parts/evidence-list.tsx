import { Download } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { codeWords } from '@/app/_glue/code-words'
import { readOutcome } from '@/app/_glue/told-outcome'
import { topicName } from '@/app/merchant/_parts/topic-names'
import { formatDateTime } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { buttonLook } from '@/components/ui/button-look'
import { Coded } from '@/components/ui/coded'
import { CopyButton } from '@/components/ui/copy-button'
import { PanelHeader } from '@/components/ui/panel'
import type { EvidenceShown } from '@/lib/merchants/evidence'

const TONES = { valid: 'good', invalid: 'bad', 'key-unknown': 'warn', 'not-signed': 'neutral' } as const

interface Props {
  readonly evidence: readonly EvidenceShown[]
  readonly locale: 'ko' | 'en'
  /** Where the same can be had as one file. */
  readonly file: string
  /** Said of it in place of what is said to the shop itself. */
  readonly description?: string
}

/** The signed messages kept for a payment, each checked again while this is shown (M-166, M-222). */
export async function EvidenceList({ evidence, locale, file, description }: Props) {
  const [t, topics, codes, shared, words] = await Promise.all([
    getTranslations('merchant.evidence'),
    getTranslations('merchant.endpoints.topic'),
    getTranslations('codes'),
    getTranslations('shared'),
    codeWords(),
  ])
  const typeOf = (type: string) => {
    const topic = topicName(type)
    return topic ? topics(topic) : words('evidence.type', type)
  }
  const outcomeOf = (outcome: string) => {
    const { kind, why, figure } = readOutcome(outcome)
    const reason = why && words('evidence.why', why)
    const said = [words('evidence.outcome', kind) ?? kind, reason].filter(Boolean).join(': ')
    return <Coded words={said} code={figure ?? (reason ? undefined : why)} />
  }
  return (
    <>
      <PanelHeader
        title={t('title')}
        description={description ?? t('text')}
        actions={
          evidence.length > 0 ? (
            <a href={file} download className={buttonLook({ kind: 'quiet', size: 'small' })}>
              <Download aria-hidden />
              {t('download')}
            </a>
          ) : null
        }
      />
      {evidence.length === 0 ? <p className="text-sm text-ink-faint">{t('none')}</p> : null}
      <ul className="divide-y divide-line">
        {evidence.map((kept) => (
          <li key={kept.id} className="py-3 text-sm first:pt-0 last:pb-0">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <p className="flex flex-wrap items-center gap-2 font-medium text-ink">
                {t(kept.direction)}
                <Coded words={typeOf(kept.type)} code={kept.type} />
              </p>
              <Badge tone={TONES[kept.verification]}>{t(kept.verification)}</Badge>
            </div>
            <p className="figures mt-0.5 text-xs break-all text-ink-faint">
              {formatDateTime(kept.at, locale)} · {outcomeOf(kept.outcome)}
            </p>
            {kept.kid ? (
              <p className="flex items-center gap-1 text-xs text-ink-faint">
                {codes('evidence.key')} <span className="font-mono">…{kept.kid.slice(-8)}</span>
                <CopyButton text={kept.kid} label={shared('copy')} done={shared('copied')} iconOnly />
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  )
}
