/** The colours of shares and chart series, in order. Classes are written out so that Tailwind finds them. */
const SERIES = [
  { fill: 'fill-series-1', background: 'bg-series-1', text: 'text-series-1' },
  { fill: 'fill-series-2', background: 'bg-series-2', text: 'text-series-2' },
  { fill: 'fill-series-3', background: 'bg-series-3', text: 'text-series-3' },
  { fill: 'fill-series-4', background: 'bg-series-4', text: 'text-series-4' },
  { fill: 'fill-series-5', background: 'bg-series-5', text: 'text-series-5' },
  { fill: 'fill-series-6', background: 'bg-series-6', text: 'text-series-6' },
] as const

/** The look of the n-th share; after six they repeat, which is why every share also has its name beside it. */
export function series(index: number) {
  return SERIES[index % SERIES.length] ?? SERIES[0]
}
