import { z } from 'zod'
import type { Locale } from '../payments/payment'
import { showMoment } from './format'
import { layOut, type Mail, type Surroundings } from './render-mail'

/** The stored form of AddressKnownMail, read back. */
export const addressKnownMail = z.object({ to: z.string(), locale: z.enum(['ko', 'en']) })

/** The stored form of AddressProofMail, read back. */
export const addressProofMail = addressKnownMail.extend({ registrationId: z.uuid(), until: z.iso.datetime() })

/** The stored form of AddressUnknownMail, read back. */
export const addressUnknownMail = addressKnownMail

/** The stored form of PasswordResetMail, read back. */
export const passwordResetMail = addressKnownMail.extend({
  personId: z.uuid(),
  resetId: z.uuid(),
  passwordMark: z.string().length(32),
  until: z.iso.datetime(),
})

type Texts = Readonly<Record<'title' | 'lead' | 'address' | 'link' | 'footer', string>>

type LinkTexts = Texts & { readonly until: string }

const proof: Readonly<Record<Locale, LinkTexts>> = {
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
    lead: '누군가 이 주소로 모아 회원 가입을 하려고 했어요. 이 주소에는 이미 계정이 있으니, 전에 정한 비밀번호로 로그인해 주세요. 잊으셨다면 로그인 화면에서 새로 정할 수 있어요. 계정은 그대로예요.',
    address: '이메일',
    link: '로그인하기',
    footer: '본인이 한 일이 아니라면 이 메일을 무시하세요. 가입을 시도한 사람은 계정이 있는지 알 수 없어요.',
  },
  en: {
    title: 'You have an account already',
    lead: 'Somebody has tried to create a Moa account with this address. It has one: log in with the password you chose then; if you have forgotten it, you can choose another from the log-in page. Nothing about it has changed.',
    address: 'E-mail',
    link: 'Log in',
    footer: 'If this was not you, ignore this mail. Whoever tried does not learn that you have an account.',
  },
}

const unknown: Readonly<Record<Locale, Texts>> = {
  ko: {
    title: '이 주소로 된 계정이 없어요',
    lead: '누군가 이 주소로 모아 비밀번호를 다시 정하려고 했지만, 이 주소로 된 계정은 없어요. 본인이라면 다른 주소로 가입하지 않았는지 확인해 주세요. 아직 계정이 없다면 가입할 수 있어요.',
    address: '이메일',
    link: '가입하기',
    footer: '본인이 한 일이 아니라면 이 메일을 무시하세요. 시도한 사람은 계정이 있는지 알 수 없어요.',
  },
  en: {
    title: 'There is no account with this address',
    lead: 'Somebody asked for a new Moa password with this address, but no account has it. If this was you, you may have registered with another address; if you have no account yet, you can create one.',
    address: 'E-mail',
    link: 'Create account',
    footer: 'If this was not you, ignore this mail. Whoever tried does not learn whether you have an account.',
  },
}

const reset: Readonly<Record<Locale, LinkTexts>> = {
  ko: {
    title: '새 비밀번호를 정해 주세요',
    lead: '비밀번호를 잊으셨다고 해서 보내 드려요. 아래 링크를 열고 새 비밀번호를 정해 주세요. 링크는 한 번만 쓸 수 있어요.',
    address: '이메일',
    until: '링크 사용 기한',
    link: '새 비밀번호 정하기',
    footer: '요청하지 않으셨다면 이 메일을 무시하세요. 링크로 새 비밀번호를 정하지 않으면 아무것도 바뀌지 않아요.',
  },
  en: {
    title: 'Choose a new password',
    lead: 'You get this mail because your Moa password was said to be forgotten. Open the link below and choose a new one. The link works once.',
    address: 'E-mail',
    until: 'The link works until',
    link: 'Choose a new password',
    footer: 'If you did not ask for it, ignore this mail: as long as nobody uses the link, nothing will change.',
  },
}

/** Its link, and the password that was typed with it, make whoever registered a person. */
export function renderAddressProofMail(mail: z.output<typeof addressProofMail>, around: WithLink): Mail {
  return linkMailOf(proof[mail.locale], mail, around)
}

/** To whoever has an account, when somebody registers with their address. */
export function renderAddressKnownMail({ to, locale }: z.output<typeof addressKnownMail>, href: string): Mail {
  const texts = known[locale]
  return mailOf(texts, { rows: [[texts.address, to]], href, locale })
}

/** To an address that is nobody's, when somebody asks for a new password there. */
export function renderAddressUnknownMail({ to, locale }: z.output<typeof addressUnknownMail>, href: string): Mail {
  const texts = unknown[locale]
  return mailOf(texts, { rows: [[texts.address, to]], href, locale })
}

/** Its link lets whoever has forgotten their password choose another. */
export function renderPasswordResetMail(mail: z.output<typeof passwordResetMail>, around: WithLink): Mail {
  return linkMailOf(reset[mail.locale], mail, around)
}

type WithLink = Surroundings & { readonly link: string }

function linkMailOf(
  texts: LinkTexts,
  { to, locale, until }: Pick<z.output<typeof addressProofMail>, 'to' | 'locale' | 'until'>,
  { timeZone, link: href }: WithLink,
): Mail {
  const rows = [
    [texts.address, to],
    [texts.until, showMoment(until, locale, timeZone)],
  ] as const
  return mailOf(texts, { rows, href, locale })
}

function mailOf(
  { title, lead, link, footer }: Texts,
  { rows, href, locale }: { rows: readonly (readonly [string, string])[]; href: string; locale: Locale },
): Mail {
  return layOut({ subject: `[Moa] ${title}`, title, lead, rows, link: { text: link, href }, footer, locale })
}
