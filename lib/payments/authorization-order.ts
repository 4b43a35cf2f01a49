import type { PaymentModule } from '../modules/payment-module'

/**
 * In which order the legs of a payment are asked, by risk and by how well an answer can be taken back:
 *
 * 1. Means that set an amount aside, or only look whether it is there: cards, V-Cards, telephone bills, accounts, stored
 *    value, bank accounts. They are the ones that decline, and letting go of them leaves no trace. All at once.
 * 2. Means whose authorization people notice: a delivery is sent, a statement is mailed, a debit is announced. They hardly
 *    decline, and cannot be taken back unnoticed; so they are asked only when everybody before them has said yes.
 *
 * Completing goes by the same thought (complete-legs.ts): what holds nothing first, since it may still be refused.
 */
export function authorizationWaves<Asked>(
  legs: readonly Asked[],
  moduleOf: (leg: Asked) => Pick<PaymentModule, 'timing' | 'noticed'>,
): Asked[][] {
  const isNoticed = (leg: Asked) => {
    const { timing, noticed } = moduleOf(leg)
    return noticed ?? timing === 'deferred'
  }
  return [legs.filter((leg) => !isNoticed(leg)), legs.filter(isNoticed)].filter((wave) => wave.length > 0)
}
