import { describe, expect, test } from 'vitest'
import { offeredMeans } from '../app/_glue/offered-means'

type View = Parameters<typeof offeredMeans>[0]

const card = (id: string, room?: bigint): View['cards'][number] => ({
  ...{ id, name: id, masked: '', expiry: '12/31', isExpired: false, isForeign: false },
  ...(room !== undefined && { room }),
})
const view = (changes: Partial<View> = {}): View => ({
  ...{ amount: 10_000n, takesCards: true, cards: [card('small', 500n), card('large')], bankAccounts: [] },
  lines: [{ id: 'mobile', kind: 'line', masked: '', name: '' }],
  accounts: [{ id: 'pocket', name: '', masked: '', hasPin: false, room: 50_000n }],
  ...changes,
})

const USUAL = ['card:small', 'card:large', 'line:mobile', 'account:pocket']

describe('what is offered first at the checkout (M-132)', () => {
  test('whoever has put nothing in an order is given the first card that can carry the amount', () => {
    expect(offeredMeans(view(), { order: [] })).toEqual({ offered: USUAL, first: 'card:large' })
  })

  test('in the shopper’s order, whatever comes first and can pay is chosen already', () => {
    const order = ['card:small', 'account:pocket', 'card:gone']
    const offered = ['card:small', 'account:pocket', 'card:large', 'line:mobile']
    expect(offeredMeans(view(), { order })).toEqual({ offered, first: 'account:pocket' })
  })

  test('what the shopper uses first is chosen wherever it stands, unless it cannot pay now', () => {
    expect(offeredMeans(view(), { order: [], preferred: 'line:mobile' })).toMatchObject({ first: 'line:mobile' })
    const closed = view({ lines: [{ id: 'mobile', kind: 'line', masked: '', name: '', why: 'locked' }] })
    expect(offeredMeans(closed, { order: [], preferred: 'line:mobile' })).toMatchObject({ first: 'card:large' })
  })

  test('a bank account that is used first has its bank chosen', () => {
    const bankAccounts = [{ id: 'savings', name: '', holder: '' }]
    expect(offeredMeans(view({ bankAccounts }), { order: [], preferred: 'bank:savings' })).toMatchObject({
      first: 'bank',
    })
  })

  test('a mandate stands among the rest; e-cash that is not open yet does not', () => {
    const debit = { banks: [], mandates: [{ id: 'given', name: '' }], consent: { oneOff: '', recurring: '' } }
    const { offered } = offeredMeans(view({ debit, eCash: { room: 0n, why: 'none' } }), { order: [] })
    expect(offered).toEqual([...USUAL, 'mandate:given'])
    expect(offeredMeans(view({ eCash: { room: 1n } }), { order: [] }).offered).toContain('e-cash')
  })

  test('a guest of a shop that takes cards types a new one', () => {
    const guest = view({ cards: [], lines: [], accounts: [] })
    expect(offeredMeans(guest, { order: [] })).toEqual({ offered: [], first: 'new' })
    expect(offeredMeans({ ...guest, takesCards: false }, { order: [] })).toEqual({ offered: [] })
  })
})
