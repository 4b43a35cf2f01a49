'use client'

import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from './button'

/** The button that sends its form: busy while the form is on its way, so that it cannot be sent twice. */
export function SubmitButton(props: Omit<ComponentProps<typeof Button>, 'type' | 'busy'>) {
  const { pending } = useFormStatus()
  return <Button kind="primary" {...props} type="submit" busy={pending} />
}
