'use client'

import { CircleCheck } from 'lucide-react'
import { countdown, TimeLeft, useTimeLeft } from '../checkout/time-left'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Notice } from '../ui/notice'
import type { CodeWay, PhoneWords, SentCode } from './phone-view'
import type { PhoneCode } from './phone-code'

interface Props {
  readonly code: PhoneCode
  readonly words: PhoneWords
  readonly locale: string
  readonly onResend: () => void
}

const TEXTS = { text: 'sentText', call: 'sentCall', card: 'sentCard', own: 'sentOwn' } as const satisfies Record<
  CodeWay,
  keyof PhoneWords
>

/** Where the code is typed: checked by itself once all six digits are there. Afterwards, what may still be charged. */
export function CodeField({ code, words, locale, onResend }: Props) {
  const { sent, proof, fault } = code
  if (!sent) return null
  if (proof) {
    const { room } = proof
    const money = (amount: bigint) => (room ? formatMoney(amount, room.currency, locale) : '')
    return (
      <p role="status" className="flex items-start gap-2 rounded-lg bg-good-soft px-4 py-3 text-sm text-good">
        <CircleCheck className="mt-0.5 size-4.5 shrink-0" aria-hidden />
        <span>
          <span className="font-semibold">{words.proved}</span>
          {room ? (
            <span className="figures block text-ink-soft">
              {fill(words.room, { left: money(room.left), limit: money(room.limit) })}
            </span>
          ) : null}
        </span>
      </p>
    )
  }
  if (code.isOver) {
    return (
      <Notice tone="bad" live>
        {fault}
      </Notice>
    )
  }
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="text-sm text-ink-soft">
        <span className="font-semibold text-ink">{words.sent}</span> {words[TEXTS[sent.way]]}
      </p>
      <Field id="line-code" label={words.code} error={fault}>
        <Input
          {...fieldControl('line-code', { error: fault })}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          className="figures text-center text-xl tracking-[0.4em]"
          maxLength={6}
          value={code.digits}
          readOnly={code.busy !== undefined}
          onChange={({ target }) => code.type(target.value)}
        />
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="text-sm text-ink-faint">
          {code.busy === 'checking' ? (
            <span role="status">{words.checking}</span>
          ) : (
            <TimeLeft
              key={sent.codeId}
              until={sent.expiresAt}
              now={sent.now}
              text={words.timeLeft}
              overText={words.timeOver}
              className="figures"
            />
          )}
        </span>
        <Resend key={sent.codeId} sent={sent} words={words} busy={code.busy === 'sending'} onResend={onResend} />
      </div>
    </div>
  )
}

interface ResendProps extends Pick<Props, 'words' | 'onResend'> {
  readonly sent: SentCode
  readonly busy: boolean
}

/** Asks for another code; not before the first has had time to arrive. */
function Resend({ sent, words, busy, onResend }: ResendProps) {
  const left = useTimeLeft(sent.resendAt, sent.now)
  if (left > 0) {
    return <span className="figures text-sm text-ink-faint">{fill(words.resendIn, { time: countdown(left) })}</span>
  }
  return (
    <Button kind="quiet" size="small" busy={busy} onClick={onResend}>
      {words.resend}
    </Button>
  )
}
