'use client'

import { createContext, type ReactNode, type RefObject, useContext, useEffect, useId } from 'react'
import { CircleAlert } from 'lucide-react'

/** What is wrong with which field of a form, by the fields' names, in words. */
export type FieldFaults = Readonly<Record<string, string>>

const NONE: FieldFaults = {}
const Faults = createContext<{ readonly id: string; readonly faults: FieldFaults }>({ id: '', faults: NONE })

interface Props {
  readonly form: RefObject<HTMLFormElement | null>
  /** Of the last answer; another object for each answer, so that the first fault is gone to anew. */
  readonly faults: FieldFaults | undefined
  readonly children: ReactNode
}

/** The fields of a form whose answer may say what is wrong with which: each reads its fault out, and the first is gone to. */
export function FaultyFields({ form, faults, children }: Props) {
  const id = useId()
  useEffect(() => {
    if (!form.current || !faults) return undefined
    const marked = controlsOf(form.current).filter(({ name }) => faults[name] !== undefined)
    for (const { name, control } of marked) {
      control.setAttribute('aria-invalid', 'true')
      control.setAttribute(
        'aria-describedby',
        [control.getAttribute('aria-describedby'), `${id}-${name}`].join(' ').trim(),
      )
    }
    marked[0]?.control.focus()
    return () => {
      for (const { name, control } of marked) {
        control.removeAttribute('aria-invalid')
        const others = (control.getAttribute('aria-describedby') ?? '').replace(`${id}-${name}`, '').trim()
        if (others) control.setAttribute('aria-describedby', others)
        else control.removeAttribute('aria-describedby')
      }
    }
  }, [form, faults, id])
  return <Faults value={{ id, faults: faults ?? NONE }}>{children}</Faults>
}

/** What can be typed into or chosen, by its name; an amount is typed beside the hidden field that has its name. */
function controlsOf(form: HTMLFormElement): { name: string; control: HTMLElement }[] {
  return [...form.elements].flatMap((each) => {
    const name = each.getAttribute('name')
    const control = each.getAttribute('type') === 'hidden' ? each.previousElementSibling : each
    return name && control instanceof HTMLElement ? [{ name, control }] : []
  })
}

/** What is wrong at a place of the form; nothing where nothing is. */
export function FaultOf({ at }: { at: string }) {
  const { id, faults } = useContext(Faults)
  const fault = faults[at]
  if (!fault) return null
  return (
    <p id={`${id}-${at}`} className="mt-1.5 flex items-start gap-1.5 text-sm text-bad" role="alert">
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span>{fault}</span>
    </p>
  )
}
