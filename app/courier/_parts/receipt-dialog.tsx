'use client'

import { QrCode } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'

interface Props {
  readonly label: string
  readonly title: string
  readonly close: string
  readonly children: ReactNode
}

/** A receipt that is shown again, for a buyer who comes back to the door. */
export function ReceiptDialog({ label, title, close, children }: Props) {
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button size="icon" aria-label={label}>
          <QrCode aria-hidden />
        </Button>
      </DialogTrigger>
      <DialogContent title={title} closeLabel={close}>
        {children}
      </DialogContent>
    </Dialog>
  )
}
