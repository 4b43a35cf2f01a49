'use client'

import { type SyntheticEvent, useState, useTransition } from 'react'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { Notice } from '../ui/notice'
import { TextArea } from '../ui/text-area'

/** Why it was not cancelled, in the reader's language, and at which field. A cancellation leads to its result's page. */
export interface CancelAnswer {
  readonly message: string
  readonly field?: 'reason'
}

interface Props {
  readonly words: {
    readonly reason: string
    readonly reasonHint: string
    readonly submit: string
    readonly unknown: string
  }
  /** Sending the same form twice cancels once. */
  readonly token: string
  readonly cancel: (form: FormData) => Promise<CancelAnswer>
  /** True where it only asks somebody else: nothing is cancelled by it. */
  readonly asksSecond?: boolean
}

/** The reason, and the button that says what it does. What was typed stays when it is refused. */
export function CancelForm({ words, token, cancel, asksSecond = false }: Props) {
  const [reason, setReason] = useState('')
  const [answer, setAnswer] = useState<CancelAnswer>()
  const [isBusy, startCancel] = useTransition()
  const fieldError = answer?.field === 'reason' ? answer.message : undefined

  function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    startCancel(async () => {
      setAnswer(await cancel(form).catch((): CancelAnswer => ({ message: words.unknown })))
    })
  }

  return (
    <form onSubmit={send} className="flex flex-col gap-4" noValidate>
      <input type="hidden" name="token" value={token} />
      <Field id="reason" label={words.reason} hint={words.reasonHint} error={fieldError}>
        <TextArea
          {...fieldControl('reason', { hint: words.reasonHint, error: fieldError })}
          name="reason"
          maxLength={200}
          autoFocus
          rows={2}
          className="min-h-20"
          value={reason}
          onChange={({ target }) => setReason(target.value.replaceAll('\n', ' '))}
          onKeyDown={(event) => {
            // A reason is one line: Enter goes on, as in every other field.
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            event.currentTarget.form?.querySelector<HTMLButtonElement>('button[type=submit]')?.focus()
          }}
        />
      </Field>
      {answer && !fieldError ? (
        <Notice tone="bad" live>
          {answer.message}
        </Notice>
      ) : null}
      <Button type="submit" kind={asksSecond ? 'primary' : 'danger'} size="large" wide busy={isBusy}>
        {words.submit}
      </Button>
    </form>
  )
}
