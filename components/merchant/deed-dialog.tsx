'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, type SyntheticEvent, useId, useRef, useState, useTransition } from 'react'
import { Button } from '../ui/button'
import type { ButtonLook } from '../ui/button-look'
import { CopyButton } from '../ui/copy-button'
import { Dialog, DialogButtons, DialogClose, DialogContent, DialogTrigger } from '../ui/dialog'
import { FaultyFields, type FieldFaults } from '../ui/faults'
import { Notice } from '../ui/notice'

/**
 * What came of a deed. A message is a sentence in the reader's language; a secret is shown this once. What is `shown` stands in
 * the dialog until its reader closes it.
 */
export type DeedAnswer =
  | {
      readonly kind: 'done'
      readonly secret?: string
      readonly shown?: { readonly title: string; readonly content: ReactNode }
    }
  | {
      readonly kind: 'refused'
      readonly message: string
      /** Where the server knows which field is wrong: what stands at it (FaultOf). */
      readonly faults?: FieldFaults
    }

export interface DeedWords {
  readonly close: string
  readonly cancel: string
  readonly confirm: string
  /** When no answer came: what to do then. */
  readonly unknown: string
  /** Only where a secret is made. */
  readonly secret?: { readonly text: string; readonly copy: string; readonly copied: string; readonly done: string }
}

interface Props {
  readonly trigger: ReactNode
  /** Before the words of the trigger. */
  readonly icon?: ReactNode
  readonly triggerLook?: ButtonLook
  readonly title: string
  readonly description?: string
  readonly words: DeedWords
  readonly isDangerous?: boolean
  readonly deed: (form: FormData) => Promise<DeedAnswer>
  /** Called when it is opened, for fields that begin anew then. */
  readonly onOpen?: () => void
  /** Fields and whatever has to be known before saying yes. */
  readonly children?: ReactNode
}

/**
 * A deed that is confirmed first. While it is on its way it cannot be sent again; when it is refused, what was typed
 * stays; when it is done, the page behind shows it.
 */
export function DeedDialog(props: Props) {
  const { trigger, icon, triggerLook, title, description, words, isDangerous = false, deed, onOpen, children } = props
  const router = useRouter()
  const formId = useId()
  const form = useRef<HTMLFormElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [answer, setAnswer] = useState<DeedAnswer>()
  const [isBusy, startDeed] = useTransition()
  const secret = answer?.kind === 'done' ? answer.secret : undefined
  const shown = answer?.kind === 'done' ? answer.shown : undefined

  function change(open: boolean) {
    // What was done can be left at once, though the page behind is still being read anew.
    if (isBusy && answer?.kind !== 'done') return
    setOpen(open)
    if (open) {
      setAnswer(undefined)
      onOpen?.()
    }
    // The page behind may no longer have a place for this dialog once it is read anew.
    else if (shown) router.refresh()
  }

  function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isBusy) return
    const typed = new FormData(event.currentTarget)
    startDeed(async () => {
      const given = await deed(typed).catch((): DeedAnswer => ({ kind: 'refused', message: words.unknown }))
      setAnswer(given)
      if (given.kind === 'refused' || given.shown) return
      if (given.secret === undefined) setOpen(false)
      router.refresh()
    })
  }

  return (
    <Dialog open={isOpen} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button {...triggerLook}>
          {icon}
          {trigger}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={shown?.title ?? title}
        {...(description && !shown && { description })}
        closeLabel={words.close}
      >
        {shown ? (
          <>
            {shown.content}
            <DialogButtons>
              <DialogClose asChild>
                <Button kind="primary">{words.close}</Button>
              </DialogClose>
            </DialogButtons>
          </>
        ) : secret !== undefined && words.secret ? (
          <>
            <Notice tone="good" live>
              {words.secret.text}
            </Notice>
            <p className="mt-4 rounded-md bg-sunken p-4 font-mono text-sm break-all text-ink">{secret}</p>
            <DialogButtons>
              <CopyButton text={secret} label={words.secret.copy} done={words.secret.copied} />
              <DialogClose asChild>
                <Button kind="primary">{words.secret.done}</Button>
              </DialogClose>
            </DialogButtons>
          </>
        ) : (
          <>
            <form ref={form} id={formId} onSubmit={send} className="flex flex-col gap-4">
              <FaultyFields form={form} faults={answer?.kind === 'refused' ? answer.faults : undefined}>
                {children}
              </FaultyFields>
              {answer?.kind === 'refused' ? (
                <Notice tone="bad" live>
                  {answer.message}
                </Notice>
              ) : null}
            </form>
            <DialogButtons>
              <DialogClose asChild>
                <Button disabled={isBusy}>{words.cancel}</Button>
              </DialogClose>
              <Button form={formId} type="submit" kind={isDangerous ? 'danger' : 'primary'} busy={isBusy}>
                {words.confirm}
              </Button>
            </DialogButtons>
          </>
        )}
      </DialogContent>
    </Dialog>
  )
}
