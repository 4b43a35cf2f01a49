'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, type SyntheticEvent, useContext, useState, useTransition } from 'react'
import { CircleAlert } from 'lucide-react'
import { Button } from './button'
import { Notice } from './notice'

/** What came of a form: where it leads, or what is wrong with which of its fields, in words. */
export type KeptAnswer =
  | { readonly kind: 'done'; readonly href: string }
  | { readonly kind: 'refused'; readonly message: string; readonly faults: Readonly<Record<string, string>> }

const Faults = createContext<Readonly<Record<string, string>>>({})

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
    <form onSubmit={send} noValidate className="flex flex-col gap-5">
      <Faults value={refused?.faults ?? {}}>{children}</Faults>
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

/** What is wrong at a place of the form; nothing where nothing is. */
export function FaultOf({ at }: { at: string }) {
  const fault = useContext(Faults)[at]
  if (!fault) return null
  return (
    <p className="mt-1.5 flex items-start gap-1.5 text-sm text-bad" role="alert">
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span>{fault}</span>
    </p>
  )
}
