'use client'

import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { Dialog, DialogButtons, DialogClose, DialogContent, DialogTrigger } from '../ui/dialog'
import { SubmitButton } from '../ui/submit-button'

interface Props {
  readonly trigger: ReactNode
  readonly title: string
  readonly text: string
  readonly words: { readonly confirm: string; readonly keep: string; readonly close: string }
  readonly deed: () => Promise<void>
}

/** Asks once more before something that cannot be undone, saying what it does. */
export function ConfirmDeed({ trigger, title, text, words, deed }: Props) {
  return (
    <Dialog>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={title} description={text} closeLabel={words.close}>
        <form action={deed}>
          <DialogButtons>
            <DialogClose asChild>
              <Button>{words.keep}</Button>
            </DialogClose>
            <SubmitButton kind="danger">{words.confirm}</SubmitButton>
          </DialogButtons>
        </form>
      </DialogContent>
    </Dialog>
  )
}
