'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, type SyntheticEvent, useState, useTransition } from 'react'
import type { DeedAnswer } from '../merchant/deed-dialog'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'

interface Props {
  readonly submit: string
  /** When no answer came: what to do then. */
  readonly unknown: string
  readonly deed: (form: FormData) => Promise<DeedAnswer>
  readonly children: ReactNode
}

/** A form in the page: what was typed stays when it is refused, and when it is done the page shows what came of it. */
export function DeedForm({ submit, unknown, deed, children }: Props) {
  const router = useRouter()
  const [refusal, setRefusal] = useState<string>()
  const [isBusy, startDeed] = useTransition()

  function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    startDeed(async () => {
      const answer = await deed(form).catch((): DeedAnswer => ({ kind: 'refused', message: unknown }))
      setRefusal(answer.kind === 'refused' ? answer.message : undefined)
      if (answer.kind === 'done') router.refresh()
    })
  }

  return (
    <form onSubmit={send} className="flex flex-col gap-4" noValidate>
      {children}
      {refusal ? (
        <Notice tone="bad" live>
          {refusal}
        </Notice>
      ) : null}
      <Button type="submit" kind="primary" busy={isBusy}>
        {submit}
      </Button>
    </form>
  )
}
