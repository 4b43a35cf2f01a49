import { expect, test } from 'vitest'
import { renderAddressKnownMail, renderAddressProofMail } from './render-address-mail'

const to = 'mina@mail.example'
const link = 'https://moa.example/register/x'
const shop = { name: 'Moa', nameEn: 'Moa' }
const around = { shop, issuerName: () => undefined, timeZone: 'Asia/Seoul', link }

test.each(['ko', 'en'] as const)(
  'P6.7: in %s, both mails to whoever registers say what to do, and what to ignore',
  (locale) => {
    const proof = {
      to,
      locale,
      registrationId: '01980000-0000-7000-8000-000000000000',
      until: '2026-11-02T09:00:00.000Z',
    }
    const mails = [renderAddressProofMail(proof, around), renderAddressKnownMail({ to, locale }, link)]
    for (const { subject, text, html } of mails) {
      expect(subject).toMatch(/^\[Moa\] /)
      for (const shown of [to, link]) expect(text).toContain(shown)
      expect(html).toContain(`href="${link}"`)
      expect(/\p{Script=Hangul}/u.test(text)).toBe(locale === 'ko')
    }
  },
)
