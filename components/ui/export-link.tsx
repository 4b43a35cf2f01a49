import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonLook } from './button-look'

/** Leads to a list as a file. A plain link: the browser saves what comes and stays where it is. */
export function ExportLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} download className={buttonLook({})}>
      <Download aria-hidden />
      {children}
    </a>
  )
}
