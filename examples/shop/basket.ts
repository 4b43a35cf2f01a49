import { findProduct, type Product } from './catalogue'

export interface BasketLine {
  readonly product: Product
  readonly count: number
}

export const MOST_OF_ONE = 9

/** Reads the basket's cookie, `moon-jar.1_tea-set.2`; what is not on the shelf is left out. */
export function readBasket(text = ''): BasketLine[] {
  const counts = new Map<Product, number>()
  for (const part of text.split('_').slice(0, 20)) {
    const [id = '', count = ''] = part.split('.')
    const product = findProduct(id)
    if (product && /^[1-9]$/.test(count)) counts.set(product, Number(count))
  }
  return [...counts].map(([product, count]) => ({ product, count }))
}

export function writeBasket(lines: readonly BasketLine[]): string {
  return lines.map(({ product, count }) => `${product.id}.${count}`).join('_')
}

/** The basket with a count of one product changed; zero takes it out. */
export function withCount(lines: readonly BasketLine[], product: Product, count: number): BasketLine[] {
  const bounded = Math.min(count, MOST_OF_ONE)
  const others = lines.filter((line) => line.product !== product)
  if (bounded <= 0) return others
  const known = lines.some((line) => line.product === product)
  return known
    ? lines.map((line) => (line.product === product ? { product, count: bounded } : line))
    : [...others, { product, count: bounded }]
}

export function countOf(lines: readonly BasketLine[]): number {
  return lines.reduce((sum, { count }) => sum + count, 0)
}

/** Won. */
export function totalOf(lines: readonly BasketLine[]): bigint {
  return lines.reduce((sum, { product, count }) => sum + product.price * BigInt(count), 0n)
}
