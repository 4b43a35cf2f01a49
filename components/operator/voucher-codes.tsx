import { Download } from 'lucide-react'
import { buttonLook } from '../ui/button-look'
import { Notice } from '../ui/notice'

interface Props {
  readonly codes: readonly string[]
  readonly text: string
  readonly download: string
}

/** The file with the codes of a batch: it can be taken once, here and now. */
export function VoucherCodes({ codes, text, download }: Props) {
  const file = `data:text/csv;charset=utf-8,${encodeURIComponent(`code\r\n${codes.join('\r\n')}\r\n`)}`
  return (
    <div className="flex flex-col items-start gap-4">
      <Notice tone="good" live>
        {text}
      </Notice>
      <a href={file} download="vouchers.csv" className={buttonLook({ kind: 'primary' })}>
        <Download aria-hidden />
        {download}
      </a>
    </div>
  )
}
