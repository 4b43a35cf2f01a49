'use client'

import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names'

/** The name under which Radix looks for the nonce of the style that keeps the page behind from scrolling (CSP). */
declare global {
  var __webpack_nonce__: string | undefined
}

if (typeof document !== 'undefined') {
  globalThis.__webpack_nonce__ ??= document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
}

export const Dialog = Primitive.Root
export const DialogTrigger = Primitive.Trigger
export const DialogClose = Primitive.Close

interface Props {
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly closeLabel: string
  readonly children: ReactNode
  readonly className?: string
}

/** The sheet of a Dialog: in the middle on large screens, from below on phones. Ends in its buttons. */
export function DialogContent({ title, description, closeLabel, children, className }: Props) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-backdrop data-[state=open]:animate-in data-[state=open]:fade-in" />
      <Primitive.Content
        className={classNames(
          'fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] scroll-pb-24 overflow-y-auto rounded-t-xl bg-raised p-6 shadow-floating',
          'sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-full sm:max-w-lg sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl',
          'data-[state=open]:animate-in data-[state=open]:fade-in data-[state=open]:slide-in-from-bottom-4',
          className,
        )}
        {...(description ? {} : { 'aria-describedby': undefined })}
      >
        <div className="mb-4 flex items-start justify-between gap-4">
          <div>
            <Primitive.Title className="text-xl font-bold text-ink">{title}</Primitive.Title>
            {description ? (
              <Primitive.Description className="mt-1 text-sm text-ink-soft">{description}</Primitive.Description>
            ) : null}
          </div>
          <Primitive.Close
            className="-mt-1.5 -mr-1.5 flex size-10 shrink-0 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
            aria-label={closeLabel}
          >
            <X className="size-5" aria-hidden />
          </Primitive.Close>
        </div>
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  )
}

/** The row of buttons at the end of a dialog; the main one last. It stays in sight however long the dialog is. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return (
    <div className="sticky -bottom-6 z-10 -mx-6 mt-2 -mb-6 flex flex-col-reverse gap-2 bg-raised px-6 pt-4 pb-6 sm:flex-row sm:justify-end">
      {children}
    </div>
  )
}
