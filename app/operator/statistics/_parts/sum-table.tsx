import type { ReactNode } from 'react'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'

interface Props {
  readonly title: string
  /** What stands before number and amount. */
  readonly heads: readonly string[]
  readonly words: { readonly count: string; readonly amount: string }
  readonly rows: readonly {
    readonly id: string
    readonly cells: readonly ReactNode[]
    readonly count: number
    readonly amount: string
  }[]
}

/** Sums by one or two names. */
export function SumTable({ title, heads, words, rows }: Props) {
  return (
    <Panel>
      <PanelHeader title={title} />
      <Table aria-label={title}>
        <thead>
          <tr>
            {heads.map((head) => (
              <TableHead key={head}>{head}</TableHead>
            ))}
            <TableHead className="text-right">{words.count}</TableHead>
            <TableHead className="text-right">{words.amount}</TableHead>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells, count, amount }) => (
            <TableRow key={id}>
              {cells.map((cell, index) => (
                <TableCell key={heads[index]}>{cell}</TableCell>
              ))}
              <FigureCell>{count}</FigureCell>
              <FigureCell className="font-semibold">{amount}</FigureCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}
