'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, type SyntheticEvent, useRef, useState, useTransition } from 'react'
import { Button } from './button'
import { FaultyFields, type FieldFaults } from './faults'
import { Notice } from './notice'

/** What came of a form: where it leads, or what is wrong with which of its fields, in words. */
export type KeptAnswer =
  | { readonly kind: 'done'; readonly href: string }
  | { readonly kind: 'refused'; readonly message: string; readonly faults: FieldFaults }

/** A whole page's form: what was typed stays when it is refused, and each fault stands at its field (FaultOf). */
export function KeptForm({
  save,
  words,
  children,
}: {
  save: (form: FormData) => Promise<KeptAnswer>
  words: { readonly submit: string; readonly unknown: string }
  children: ReactNode
}) {
  const router = useRouter()
  const [answer, setAnswer] = useState<KeptAnswer>()
  const [isBusy, start] = useTransition()
  const shown = useRef<HTMLFormElement>(null)
  const refused = answer?.kind === 'refused' ? answer : undefined

  function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    start(async () => {
      const given = await save(form).catch((): KeptAnswer => ({ kind: 'refused', message: words.unknown, faults: {} }))
      setAnswer(given)
      if (given.kind === 'done') router.push(given.href)
    })
  }

  return (
    <form ref={shown} onSubmit={send} noValidate className="flex flex-col gap-5">
      <FaultyFields form={shown} faults={refused?.faults}>
        {children}
      </FaultyFields>
      {refused ? (
        <Notice tone="bad" live>
          {refused.message}
        </Notice>
      ) : null}
      <div>
        <Button type="submit" kind="primary" size="large" busy={isBusy}>
          {words.submit}
        </Button>
      </div>
    </form>
  )
}
