'use client'

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { ChartProps } from './chart'

/** Minor units as a number: exact enough to draw. */
type Row = Readonly<Record<string, string | number>>

const ROW_HEIGHT = 44
const HEIGHT = 220

/**
 * Amounts as bars, standing or lying, on top of each other where they are parts of one whole. Loaded when it is shown:
 * nobody waits for the library before a page can be used.
 */
export function Bars({ rows, series, layout = 'standing', isStacked = false, write, short }: ChartProps) {
  const data = rows.map(({ name, values }): Row => {
    const amounts = series.map((_, index) => [`v${index}`, Number(values[index] ?? 0n)] as const)
    return { name, ...Object.fromEntries(amounts) }
  })
  const isLying = layout === 'lying'
  const figures = { tickFormatter: (value: number) => short(BigInt(Math.round(value))), tick: TICK, ...AXIS }
  const names = { dataKey: 'name', tick: TICK, ...AXIS }
  return (
    <ResponsiveContainer width="100%" height={isLying ? rows.length * ROW_HEIGHT + 36 : HEIGHT} minWidth={0}>
      <BarChart
        data={data}
        layout={isLying ? 'vertical' : 'horizontal'}
        margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
        barCategoryGap="28%"
        accessibilityLayer={false}
      >
        <CartesianGrid stroke="var(--line)" vertical={isLying} horizontal={!isLying} />
        {isLying ? <XAxis type="number" {...figures} /> : <XAxis {...names} />}
        {isLying ? (
          <YAxis type="category" width={112} {...names} />
        ) : (
          <YAxis width={64} {...figures} allowDecimals={false} />
        )}
        <Tooltip
          cursor={{ fill: 'var(--hover)' }}
          isAnimationActive={false}
          contentStyle={{
            background: 'var(--raised)',
            border: '1px solid var(--line)',
            borderRadius: 8,
            color: 'var(--ink)',
            fontSize: 13,
          }}
          itemStyle={{ color: 'var(--ink)' }}
          formatter={(value) => write(BigInt(Math.round(Number(value))))}
        />
        {series.map(({ name, colour }, index) => (
          <Bar
            key={name}
            dataKey={`v${index}`}
            name={name}
            fill={`var(--series-${colour})`}
            radius={isStacked ? 0 : 3}
            maxBarSize={36}
            isAnimationActive={false}
            {...(isStacked && { stackId: 'whole' })}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}

const TICK = { fill: 'var(--ink-faint)', fontSize: 12 }
const AXIS = { stroke: 'var(--line)', tickLine: false } as const
