import { renderToBuffer } from '@react-pdf/renderer'
import { expect, test } from 'vitest'
import { billDocument } from './bill-document'

test('a bill of many purchases is printed in Korean on as many pages as it needs', async () => {
  const rows = Array.from({ length: 80 }, (_, index) => ({
    id: String(index),
    date: '2026. 11. 21.',
    shop: '달그릇',
    what: `한지등 ${index + 1}`,
    status: '청구 예정',
    amount: '₩46,000',
  }))
  const pdf = await renderToBuffer(
    billDocument({
      locale: 'ko',
      title: '전화요금 청구서',
      month: '2026년 11월',
      holder: '한지우 님',
      issued: '2026. 11. 21. 23:01에 만들었어요',
      total: { label: '2026년 11월 합계', amount: '₩3,680,000' },
      headings: { date: '날짜', shop: '가게', what: '구매', status: '상태', amount: '금액' },
      lines: [{ id: 'a', name: '집 전화 •••• 1003', subtotal: { label: '집 전화 합계', amount: '₩3,680,000' }, rows }],
      note: '통신사가 청구하는 것이 우선이에요.',
    }),
  )
  const text = pdf.toString('latin1')
  expect(text.slice(0, 5)).toBe('%PDF-')
  expect(text).toMatch(/Pretendard-Regular/)
  expect(text.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(2)
})
