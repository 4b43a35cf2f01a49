import { KIB, type PageWeight } from './page-weights'

/** Shoppers come to these pages on a telephone, once, and wait. */
const CHECKOUT = ['/pay/[paymentId]']

/** The most first-load JavaScript of a page, compressed. */
function budgetOf(page: string): number {
  return (CHECKOUT.includes(page) ? 150 : 250) * KIB
}

const inKib = (bytes: number) => `${(bytes / KIB).toFixed(1)} KiB`

/** Pages that weigh more than they may, each in a sentence; also a checkout that is not there to be weighed. */
export function overBudget(weights: readonly PageWeight[]): string[] {
  const missing = CHECKOUT.filter((page) => !weights.some((weight) => weight.page === page))
  return [
    ...missing.map((page) => `${page} is not in the build, so nobody knows what it weighs.`),
    ...weights
      .filter(({ page, bytes }) => bytes >= budgetOf(page))
      .map(
        ({ page, bytes }) =>
          `${page} loads ${inKib(bytes)} of JavaScript; it must stay under ${inKib(budgetOf(page))}.`,
      ),
  ]
}

/** The heaviest pages and the checkout, a line for each. */
export function describeWeights(weights: readonly PageWeight[], most = 10): string {
  const shown = weights.filter(({ page }, index) => index < most || CHECKOUT.includes(page))
  return shown.map(({ page, bytes }) => `  ${inKib(bytes).padStart(10)}  ${page}`).join('\n')
}
