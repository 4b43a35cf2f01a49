import { expect, test } from 'vitest'
import { giroPaper } from '../lib/giro/paper'
import { printStatement } from '../components/giro/statement-document'

test.each(['ko', 'en'] as const)(
  'a reminder is printed in %s, with what is still owed and where it is paid',
  async (locale) => {
    const paper = giroPaper(
      {
        ...{ locale, shop: '달그릇', payerName: '한지우', orderName: '소반', reference: 'RF18539007547034' },
        bank: { name: { ko: '가온은행', en: 'Gaon Bank' }, account: '90010000000099', holder: 'Moa' },
        ...{ amount: 30_000n, received: 10_000n, demand: 2, isOpen: true },
        ...{ dueAt: new Date('2026-12-05T00:00:00Z'), at: new Date('2026-12-09T00:00:00Z') },
      },
      { money: (amount) => `₩${amount}`, day: (at) => at.toISOString().slice(0, 10) },
    )
    expect(paper.owed.amount).toBe('₩20000')
    expect(paper.payTo.map(([, value]) => value)).toEqual(
      expect.arrayContaining(['90010000000099', 'RF18 5390 0754 7034']),
    )
    const pdf = (await printStatement(paper)).toString('latin1')
    expect(pdf.slice(0, 5)).toBe('%PDF-')
    expect(pdf).toMatch(/Pretendard-Bold/)
  },
)
