import { expect, test } from 'vitest'
import { authorizationWaves } from './authorization-order'

const MODULES: Record<string, { timing: 'immediate' | 'deferred'; noticed?: boolean }> = {
  card: { timing: 'immediate' },
  account: { timing: 'immediate' },
  giro: { timing: 'deferred' },
  'cash-on-delivery': { timing: 'deferred' },
  letter: { timing: 'immediate', noticed: true },
  quiet: { timing: 'deferred', noticed: false },
}

test.each([
  { legs: ['card'], waves: [['card']] },
  { legs: ['card', 'account', 'card'], waves: [['card', 'account', 'card']] },
  { legs: ['giro', 'card'], waves: [['card'], ['giro']] },
  { legs: ['cash-on-delivery', 'account', 'giro'], waves: [['account'], ['cash-on-delivery', 'giro']] },
  { legs: ['giro'], waves: [['giro']] },
  { legs: ['letter', 'card'], waves: [['card'], ['letter']] },
  { legs: ['quiet', 'card'], waves: [['quiet', 'card']] },
])('of $legs what people notice is asked last: $waves', ({ legs, waves }) => {
  expect(authorizationWaves(legs, (code) => MODULES[code]!)).toEqual(waves)
})
