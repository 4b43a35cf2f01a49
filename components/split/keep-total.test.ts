import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepTotal } from './keep-total'

const share = (amount: number, room: number) => ({ amount: BigInt(amount), room: BigInt(room) })

test.each([
  [
    'takes from the others in the ratio of what they carry',
    [share(50, 100), share(30, 100), share(20, 100)],
    0,
    75,
    [75, 15, 10],
  ],
  ['gives back to the others in that ratio', [share(50, 100), share(30, 100), share(20, 100)], 0, 0, [0, 60, 40]],
  ['stops where the others have no more room', [share(50, 100), share(50, 60)], 0, 10, [40, 60]],
  [
    'uses a card that was not used when the used ones are full',
    [share(60, 100), share(40, 50), share(0, 80)],
    0,
    20,
    [20, 50, 30],
  ],
  ['never puts more on a card than it can take', [share(50, 70), share(50, 100)], 0, 90, [70, 30]],
] as const)('changing a share %s', (_, shares, index, wanted, expected) => {
  expect(keepTotal(shares, index, BigInt(wanted), 100n)).toEqual(expected.map(BigInt))
})

test('whatever share is changed to whatever amount, the shares add up to the total and no card is over its room', () => {
  const room = fc.bigInt(0n, 1_000_000n)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(room, fc.boolean()), { minLength: 1, maxLength: 8 }),
      fc.nat(),
      fc.bigInt(-10n, 2_000_000n),
      fc.bigInt(1n, 1_000_000n),
      (cards, which, wanted, total) => {
        const shares = cards.map(([most, used]) => ({ room: most, amount: used ? most / 2n : 0n }))
        const amounts = keepTotal(shares, which % shares.length, wanted, total)
        const capacity = shares.reduce((sum, { room: most }) => sum + most, 0n)
        if (!amounts) return capacity < total
        const sum = amounts.reduce((whole, amount) => whole + amount, 0n)
        return sum === total && amounts.every((amount, at) => amount >= 0n && amount <= (shares[at]?.room ?? 0n))
      },
    ),
  )
})
