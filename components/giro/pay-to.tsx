import type { Paper } from '@/lib/giro/paper'
import { CopyButton } from '../ui/copy-button'
import { Fact, Facts } from '../ui/facts'

interface Props {
  readonly paper: Pick<Paper, 'owed' | 'rows' | 'payTo' | 'hint'>
  /** Without spaces, as it is copied. */
  readonly reference: string
  readonly words: { readonly copy: string; readonly copied: string }
}

/** What is still to be paid, where, and with which reference. */
export function PayTo({ paper, reference, words }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="text-sm text-ink-faint">{paper.owed.label}</p>
        <p className="figures text-3xl font-bold text-ink">{paper.owed.amount}</p>
      </div>
      <Facts>
        {paper.rows.map(([label, value]) => (
          <Fact key={label} name={label}>
            {value}
          </Fact>
        ))}
      </Facts>
      {paper.payTo.length > 0 ? (
        <div className="rounded-lg bg-sunken p-4">
          <Facts>
            {paper.payTo.map(([label, value], index) => (
              <Fact key={label} name={label}>
                <span className="figures flex items-center justify-end gap-1">
                  {value}
                  {index === paper.payTo.length - 1 ? (
                    <CopyButton text={reference} label={words.copy} done={words.copied} iconOnly />
                  ) : null}
                </span>
              </Fact>
            ))}
          </Facts>
          <p className="mt-3 text-sm text-ink-faint">{paper.hint}</p>
        </div>
      ) : null}
    </div>
  )
}
