'use client'

import { Printer } from 'lucide-react'
import { Button } from './button'

/** Prints the page; what carries `print:hidden` is left out. */
export function PrintButton({ label }: { label: string }) {
  return (
    <Button onClick={() => window.print()}>
      <Printer aria-hidden />
      {label}
    </Button>
  )
}
