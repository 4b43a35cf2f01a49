import { expect, test } from 'vitest'
import { disputeMail, renderDisputeMail } from './dispute-mail'
import { disputeMailTexts } from './dispute-mail-texts'
import type { DisputeMailTopic } from './message'

const around = { shop: { name: '달그릇', nameEn: 'Moonbowl' }, issuerName: () => undefined, timeZone: 'Asia/Seoul' }

function mailed(topic: DisputeMailTopic, locale: 'ko' | 'en', changes: object = {}): string {
  const mail = disputeMail.parse({
    ...{
      audience: 'shopper',
      personId: '0190a1b2-0000-7000-8000-000000000001',
      locale,
      dispute: 'dis_1',
      payment: 'pay_1',
    },
    ...{ orderRef: 'M-1', orderName: '한지등', reason: 'damaged', wanted: '46000', currency: 'KRW' },
    ...{ at: '2026-11-22T01:00:00.000Z', until: '2026-11-29T01:00:00.000Z', ...changes },
  })
  return renderDisputeMail(topic, mail, locale, around).text
}

const said = { words: '사진으로 확인했어요' }

test.each([
  ['ko', 'dispute-opened', '주장한 내용', '상점이 답할 기한'],
  ['ko', 'dispute-answered', '상점의 답', '결정할 기한'],
  ['en', 'dispute-opened', 'The claim', 'The shop answers until'],
  ['en', 'dispute-answered', 'The shop’s answer', 'To be decided until'],
] as const)(
  'in %s a mail of %s says whose words it tells, and what happens until when',
  (locale, topic, words, until) => {
    const text = mailed(topic, locale, said)
    expect(text).toContain(`${words}: ${said.words}`)
    expect(text).toContain(`${until}: `)
  },
)

test.each(['ko', 'en'] as const)('in %s a decision says plainly whether anything comes back', (locale) => {
  const { topics, nothingBack } = disputeMailTexts[locale]
  const nothing = { ...said, until: undefined, outcome: 'shop', granted: '0' }
  const part = { ...said, until: undefined, outcome: 'part', granted: '12000' }
  for (const audience of ['shopper', 'shop'] as const) {
    const { lead } = topics['dispute-decided'][audience]
    expect(mailed('dispute-decided', locale, { ...nothing, audience })).toContain(nothingBack[audience])
    expect(mailed('dispute-decided', locale, { ...nothing, audience })).not.toContain(lead)
    expect(mailed('dispute-decided', locale, { ...part, audience })).toContain(lead)
    expect(mailed('dispute-decided', locale, { ...part, audience })).toContain('12,000')
  }
})
