import { z } from 'zod'
import { type StaffRole, staffRoles } from '../auth/person'
import type { Locale } from '../payments/payment'
import { showMoment } from './format'
import { type SecurityChange, securityChanges } from './message'
import { layOut, type Mail, type Surroundings } from './render-mail'

/** The stored form of InvitationMail, read back. */
export const invitationMail = z.object({
  to: z.string(),
  locale: z.enum(['ko', 'en']),
  invitationId: z.uuid(),
  by: z.string(),
  role: z.enum(staffRoles),
  until: z.iso.datetime(),
})

export const securityMail = z.object({
  to: z.string(),
  locale: z.enum(['ko', 'en']),
  change: z.enum(securityChanges),
  at: z.iso.datetime(),
})

interface PeopleTexts {
  readonly roles: Readonly<Record<StaffRole, string>>
  readonly invitation: Readonly<Record<'title' | 'lead' | 'shop' | 'by' | 'role' | 'until' | 'link' | 'footer', string>>
  readonly security: Readonly<Record<'title' | 'at' | 'footer', string>> & {
    readonly lead: Readonly<Record<SecurityChange, string>>
  }
}

const texts: Readonly<Record<Locale, PeopleTexts>> = {
  ko: {
    roles: { owner: '대표', staff: '직원', counselor: '상담원', courier: '배송원' },
    invitation: {
      title: '함께 일하자는 초대',
      lead: '아래 상점에서 함께 일할 수 있도록 초대받으셨어요.',
      shop: '상점',
      by: '초대한 사람',
      role: '역할',
      until: '수락 기한',
      link: '초대 수락하기',
      footer: '모르는 초대라면 이 메일을 무시하세요. 아무 일도 일어나지 않아요.',
    },
    security: {
      title: '로그인 방법이 바뀌었어요',
      at: '일시',
      footer: '본인이 한 일이 아니라면 지금 비밀번호를 바꾸고 다른 기기를 모두 로그아웃해 주세요.',
      lead: {
        'password-changed': '비밀번호가 바뀌었고, 모든 기기에서 로그아웃되었어요.',
        'authenticator-added': '인증 앱이 추가되었어요. 이제 로그인할 때 여섯 자리 숫자를 물어봐요.',
        'authenticator-removed': '인증 앱이 삭제되었어요.',
        'passkey-added': '패스키가 추가되었어요.',
        'passkey-removed': '패스키가 삭제되었어요.',
        'recovery-codes-renewed': '복구 코드가 새로 만들어졌고, 이전 코드는 쓸 수 없어요.',
        'recovery-code-used': '복구 코드로 로그인했어요. 그 코드는 다시 쓸 수 없어요.',
      },
    },
  },
  en: {
    roles: { owner: 'owner', staff: 'staff', counselor: 'counselor', courier: 'courier' },
    invitation: {
      title: 'An invitation to work together',
      lead: 'You are invited to join the team of this shop.',
      shop: 'Shop',
      by: 'Invited by',
      role: 'Role',
      until: 'Open until',
      link: 'Accept the invitation',
      footer: 'If you do not know what this is about, ignore it: nothing will happen.',
    },
    security: {
      title: 'How you log in has changed',
      at: 'Date',
      footer: 'If this was not you, change your password now and log out everywhere.',
      lead: {
        'password-changed': 'Your password was changed, and you were logged out everywhere.',
        'authenticator-added': 'An authenticator app was added. From now on logging in asks for its six digits.',
        'authenticator-removed': 'Your authenticator app was removed.',
        'passkey-added': 'A passkey was added.',
        'passkey-removed': 'A passkey was removed.',
        'recovery-codes-renewed': 'New recovery codes were made; the earlier ones no longer work.',
        'recovery-code-used': 'A recovery code was used to log in. It does not work again.',
      },
    },
  },
}

export function renderInvitationMail(
  mail: z.output<typeof invitationMail>,
  { shop, timeZone, link }: Surroundings & { readonly link: string },
): Mail {
  const { invitation, roles } = texts[mail.locale]
  const name = mail.locale === 'en' ? shop.nameEn || shop.name : shop.name
  return layOut({
    subject: `[${name}] ${invitation.title}`,
    title: invitation.title,
    lead: invitation.lead,
    rows: [
      [invitation.shop, name],
      [invitation.by, mail.by],
      [invitation.role, roles[mail.role]],
      [invitation.until, showMoment(mail.until, mail.locale, timeZone)],
    ],
    link: { text: invitation.link, href: link },
    footer: invitation.footer,
    locale: mail.locale,
  })
}

/** Tells somebody that how they log in was changed. */
export function renderSecurityMail(mail: z.output<typeof securityMail>, { timeZone }: Surroundings): Mail {
  const { title, at, footer, lead } = texts[mail.locale].security
  const rows = [[at, showMoment(mail.at, mail.locale, timeZone)]] as const
  return layOut({ subject: `[Moa] ${title}`, title, lead: lead[mail.change], rows, footer, locale: mail.locale })
}
