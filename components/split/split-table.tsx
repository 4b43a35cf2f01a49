import type { Currency } from '@/lib/money/currency'
import { formatMoney } from '../i18n/format'
import { SeriesDot } from '../ui/stacked-bar'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '../ui/table'
import type { SplitWords } from './split-panel'
import type { SplitFigures, SplitRow } from './split-view'

interface Props {
  readonly rows: readonly SplitRow[]
  readonly totals: SplitFigures | undefined
  readonly total: bigint
  readonly currency: Currency
  readonly locale: string
  readonly words: SplitWords
}

/** The division in figures: a row a card, their sum below. On narrow screens each card is a small block instead. */
export function SplitTable({ rows, totals, total, currency, locale, words }: Props) {
  const money = (amount: bigint | undefined) => (amount === undefined ? '–' : formatMoney(amount, currency, locale))
  const used = rows.map((row, index) => ({ ...row, index })).filter(({ amount }) => amount > 0n)
  return (
    <>
      <div className="hidden sm:block">
        <Table aria-label={words.title}>
          <thead>
            <tr>
              <TableHead>{words.card}</TableHead>
              {[words.share, words.room, words.interest, words.rewards, words.fee].map((head) => (
                <TableHead key={head} className="text-right">
                  {head}
                </TableHead>
              ))}
            </tr>
          </thead>
          <tbody>
            {used.map(({ cardId, name, masked, amount, room, figures, index }) => (
              <TableRow key={cardId}>
                <TableCell>
                  <span className="flex items-center gap-2 font-medium">
                    <SeriesDot index={index} />
                    {name}
                  </span>
                  <span className="figures block pl-4.5 text-xs text-ink-faint">{masked}</span>
                </TableCell>
                <FigureCell className="font-semibold">{money(amount)}</FigureCell>
                <FigureCell className="text-ink-soft">{money(room)}</FigureCell>
                <FigureCell className="text-ink-soft">{money(figures?.interest)}</FigureCell>
                <FigureCell className={figures?.rewards ? 'text-good' : 'text-ink-soft'}>
                  {money(figures?.rewards)}
                </FigureCell>
                <FigureCell className="text-ink-soft">{money(figures?.fees)}</FigureCell>
              </TableRow>
            ))}
          </tbody>
          <tfoot>
            <tr className="border-t border-line font-semibold">
              <TableCell>{words.total}</TableCell>
              <FigureCell>{money(total)}</FigureCell>
              <FigureCell />
              <FigureCell>{money(totals?.interest)}</FigureCell>
              <FigureCell className="text-good">{money(totals?.rewards)}</FigureCell>
              <FigureCell>{money(totals?.fees)}</FigureCell>
            </tr>
          </tfoot>
        </Table>
      </div>
      <ul className="divide-y divide-line sm:hidden">
        {used.map(({ cardId, name, masked, amount, room, figures, index }) => (
          <li key={cardId} className="py-3">
            <div className="flex items-center justify-between gap-3">
              <span className="flex min-w-0 items-center gap-2 font-medium text-ink">
                <SeriesDot index={index} />
                <span className="truncate">{name}</span>
              </span>
              <span className="figures font-semibold text-ink">{money(amount)}</span>
            </div>
            <p className="figures pl-4.5 text-xs text-ink-faint">{masked}</p>
            <dl className="figures mt-1.5 grid grid-cols-2 gap-x-4 gap-y-0.5 pl-4.5 text-xs text-ink-soft">
              <Pair name={words.room} value={money(room)} />
              <Pair name={words.rewards} value={money(figures?.rewards)} isGood={Boolean(figures?.rewards)} />
              <Pair name={words.interest} value={money(figures?.interest)} />
              <Pair name={words.fee} value={money(figures?.fees)} />
            </dl>
          </li>
        ))}
      </ul>
    </>
  )
}

function Pair({ name, value, isGood = false }: { name: string; value: string; isGood?: boolean }) {
  return (
    <div className="flex justify-between gap-2">
      <dt className="text-ink-faint">{name}</dt>
      <dd className={isGood ? 'text-good' : undefined}>{value}</dd>
    </div>
  )
}
