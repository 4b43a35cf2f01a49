import { getTranslations } from 'next-intl/server'
import { CopyButton } from '@/components/ui/copy-button'
import { publicId, type Uuid } from '@/lib/ids'

interface Props {
  readonly paymentId?: Uuid | undefined
  readonly orderName?: string | undefined
  /** Of a line that no payment is known for. */
  readonly reference: string
}

/** Which payment a line is about: the order's name, and its id to copy; else the reference that the line came with. */
export async function PaymentCell({ paymentId, orderName, reference }: Props) {
  const t = await getTranslations('shared')
  const id = paymentId ? publicId('pay', paymentId) : reference
  if (id === '') return null
  return (
    <>
      {orderName ? <span className="block font-medium">{orderName}</span> : null}
      <span className="flex items-center gap-1 font-mono text-xs break-all text-ink-faint">
        {paymentId ? `…${id.slice(-8)}` : id}
        <CopyButton text={id} label={t('copy')} done={t('copied')} iconOnly />
      </span>
    </>
  )
}
