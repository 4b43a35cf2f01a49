'use client'

import { Select } from '../ui/select'

/** A line of an order of which something can still go back. */
export interface RefundableLine {
  /** Its place in the order, counted from one. */
  readonly item: number
  readonly name: string
  readonly left: number
  /** Minor units. */
  readonly unitAmount: bigint
}

/** How many of each line; lines of which none is wanted are left out. */
export type PickedLines = Readonly<Record<number, number>>

interface Props {
  readonly lines: readonly RefundableLine[]
  readonly picked: PickedLines
  readonly onPick: (picked: PickedLines) => void
  /** What a list of quantities is called, for those who cannot see the line beside it. */
  readonly label: (name: string) => string
}

/** Chooses how many of each line go back. */
export function LinePicker({ lines, picked, onPick, label }: Props) {
  return (
    <ul className="divide-y divide-line rounded-lg px-4 ring-1 ring-line">
      {lines.map(({ item, name, left }) => (
        <li key={item} className="flex items-center justify-between gap-4 py-2">
          <span className="min-w-0 text-sm text-ink [overflow-wrap:anywhere]">{name}</span>
          <div className="w-24 shrink-0">
            <Select
              aria-label={label(name)}
              disabled={left === 0}
              value={picked[item] ?? 0}
              onChange={({ target }) => onPick({ ...picked, [item]: Number(target.value) })}
            >
              {choicesUpTo(left).map((count) => (
                <option key={count} value={count}>
                  {count} / {left}
                </option>
              ))}
            </Select>
          </div>
        </li>
      ))}
    </ul>
  )
}

// A list of thousands helps nobody; of so many of one product the amount is typed instead, or all of them are chosen.
const MOST_CHOICES = 100

function choicesUpTo(left: number): number[] {
  const choices = Array.from({ length: Math.min(left, MOST_CHOICES) + 1 }, (_, count) => count)
  return left > MOST_CHOICES ? [...choices, left] : choices
}

/** What the picked lines come to, minor units. */
export function amountOfPicked(lines: readonly RefundableLine[], picked: PickedLines): bigint {
  return lines.reduce((total, { item, unitAmount }) => total + unitAmount * BigInt(picked[item] ?? 0), 0n)
}

/** The picked lines as a form sends them: 1x2,3x1. */
export function writePicked(picked: PickedLines): string {
  return Object.entries(picked)
    .filter(([, quantity]) => quantity > 0)
    .map(([item, quantity]) => `${item}x${quantity}`)
    .join(',')
}
