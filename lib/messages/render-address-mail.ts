import { z } from 'zod'
import type { Locale } from '../payments/payment'
import { showMoment } from './format'
import { layOut, type Mail, type Surroundings } from './render-mail'

/** The stored form of AddressKnownMail, read back. */
export const addressKnownMail = z.object({ to: z.string(), locale: z.enum(['ko', 'en']) })

/** The stored form of AddressProofMail, read back. */
export const addressProofMail = addressKnownMail.extend({ registrationId: z.uuid(), until: z.iso.datetime() })

type Texts = Readonly<Record<'title' | 'lead' | 'address' | 'link' | 'footer', string>>

const proof: Readonly<Record<Locale, Texts & { readonly until: string }>> = {
  ko: {
    title: '이메일 주소를 확인해 주세요',
    lead: '모아 회원 가입이 거의 끝났어요. 아래 링크를 열고, 가입할 때 정한 비밀번호를 입력해 주세요.',
    address: '이메일',
    until: '링크 사용 기한',
    link: '주소 확인하기',
    footer: '가입하지 않으셨다면 이 메일을 무시하세요. 링크를 열지 않으면 아무 일도 일어나지 않아요.',
  },
  en: {
    title: 'Please confirm your e-mail address',
    lead: 'Your Moa account is almost ready. Open the link below and type the password you chose.',
    address: 'E-mail',
    until: 'The link works until',
    link: 'Confirm the address',
    footer: 'If you did not register, ignore this mail: as long as nobody opens the link, nothing will happen.',
  },
}

const known: Readonly<Record<Locale, Texts>> = {
  ko: {
    title: '이미 계정이 있어요',
    lead: '누군가 이 주소로 모아 회원 가입을 하려고 했어요. 이 주소에는 이미 계정이 있으니, 전에 정한 비밀번호로 로그인해 주세요. 계정은 그대로예요.',
    address: '이메일',
    link: '로그인하기',
    footer: '본인이 한 일이 아니라면 이 메일을 무시하세요. 가입을 시도한 사람은 계정이 있는지 알 수 없어요.',
  },
  en: {
    title: 'You have an account already',
    lead: 'Somebody has tried to create a Moa account with this address. It has one: log in with the password you chose then. Nothing about it has changed.',
    address: 'E-mail',
    link: 'Log in',
    footer: 'If this was not you, ignore this mail. Whoever tried does not learn that you have an account.',
  },
}

/** Its link, and the password that was typed with it, make whoever registered a person. */
export function renderAddressProofMail(
  { to, locale, until }: z.output<typeof addressProofMail>,
  { timeZone, link: href }: Surroundings & { readonly link: string },
): Mail {
  const texts = proof[locale]
  const rows = [
    [texts.address, to],
    [texts.until, showMoment(until, locale, timeZone)],
  ] as const
  return mailOf(texts, { rows, href, locale })
}

/** To whoever has an account, when somebody registers with their address. */
export function renderAddressKnownMail({ to, locale }: z.output<typeof addressKnownMail>, href: string): Mail {
  const texts = known[locale]
  return mailOf(texts, { rows: [[texts.address, to]], href, locale })
}

function mailOf(
  { title, lead, link, footer }: Texts,
  { rows, href, locale }: { rows: readonly (readonly [string, string])[]; href: string; locale: Locale },
): Mail {
  return layOut({ subject: `[Moa] ${title}`, title, lead, rows, link: { text: link, href }, footer, locale })
}
