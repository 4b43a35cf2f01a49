import { expect, test } from 'vitest'
import { printReport } from './report-document'

const rows = (count: number) => Array.from({ length: count }, (_, index) => [`${index + 1}번째 판매`, '₩46,000'])
const report = (count: number) => ({
  ...({ locale: 'ko', title: '정산 명세서', subtitle: '2026-11-21', shop: '달그릇', issued: '2026. 11. 22.' } as const),
  ...{
    main: { label: '지급액', amount: '₩3,680,000' },
    facts: [['기준 시각', '2026. 11. 21.']] as const,
    note: '모아',
  },
  tables: [
    {
      ...{ title: '내역', rows: rows(count), total: ['합계', '₩3,680,000'] },
      columns: [
        { name: '구분', share: 3 },
        { name: '금액', share: 1, isFigure: true },
      ],
    },
  ],
})
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0

test('a report is printed in Korean on as many pages as its tables need', async () => {
  const pdf = await printReport(report(120))
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.toString('latin1')).toMatch(/Pretendard-Regular/)
  expect(pagesOf(pdf)).toBe(4)
  expect(pagesOf(await printReport(report(3)))).toBe(1)
})
