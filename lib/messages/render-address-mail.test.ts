import { expect, test } from 'vitest'
import {
  renderAddressKnownMail,
  renderAddressProofMail,
  renderAddressUnknownMail,
  renderPasswordResetMail,
} from './render-address-mail'

const to = 'mina@mail.example'
const link = 'https://moa.example/register/x'
const shop = { name: 'Moa', nameEn: 'Moa' }
const around = { shop, issuerName: () => undefined, timeZone: 'Asia/Seoul', link }

test.each(['ko', 'en'] as const)(
  'P6.7: in %s, the mails to whoever registers or has forgotten their password say what to do, and what to ignore',
  (locale) => {
    const id = '01980000-0000-7000-8000-000000000000'
    const asked = { to, locale, until: '2026-11-02T09:00:00.000Z' }
    const reset = { ...asked, personId: id, resetId: id, passwordMark: '0'.repeat(32) }
    const mails = [
      renderAddressProofMail({ ...asked, registrationId: id }, around),
      renderAddressKnownMail({ to, locale }, link),
      renderAddressUnknownMail({ to, locale }, link),
      renderPasswordResetMail(reset, around),
    ]
    for (const { subject, text, html } of mails) {
      expect(subject).toMatch(/^\[Moa\] /)
      for (const shown of [to, link]) expect(text).toContain(shown)
      expect(html).toContain(`href="${link}"`)
      expect(/\p{Script=Hangul}/u.test(text)).toBe(locale === 'ko')
    }
  },
)
