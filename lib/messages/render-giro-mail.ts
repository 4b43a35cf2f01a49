import { z } from 'zod'
import type { Settings } from '../env'
import { findings } from '../giro/giro-bill'
import { giroTexts } from '../giro/giro-texts'
import { giroPaper, type PrintPaper } from '../giro/paper'
import { statementUrl } from '../giro/statement-key'
import type { Uuid } from '../ids'
import { showDay, showMoney } from './format'
import type { GiroMailTopic } from './message'
import { layOut, locale, type Mail, minorUnits, type Row, type Surroundings } from './render-mail'

/** The stored form of GiroMail, read back. */
export const giroMail = z.object({
  to: z.string().optional(),
  shopperId: z.uuid().optional(),
  locale,
  billId: z.uuid(),
  payerName: z.string(),
  orderName: z.string(),
  reference: z.string(),
  bank: z.string(),
  amount: minorUnits,
  received: minorUnits,
  currency: z.string().regex(/^[A-Z]{3}$/),
  dueAt: z.iso.datetime(),
  at: z.iso.datetime(),
  demand: z.number().int().optional(),
  came: z.object({ amount: minorUnits, owed: minorUnits, finding: z.enum(findings) }).optional(),
})

type GiroSurroundings = Pick<Surroundings, 'shop' | 'timeZone'> & {
  readonly settings: Pick<Settings, 'BANK_FILES' | 'WEB_URL' | 'SESSION_SECRET'>
  readonly print: PrintPaper | undefined
}

/** A statement or a demand with its letter, or what became of money that was less or more than what was owed. */
export async function renderGiroMail(
  topic: GiroMailTopic,
  mail: z.output<typeof giroMail> & { readonly merchantId: Uuid },
  around: GiroSurroundings,
): Promise<Mail> {
  const { settings, print, timeZone } = around
  const texts = giroTexts[mail.locale]
  const shop = mail.locale === 'en' ? around.shop.nameEn || around.shop.name : around.shop.name
  const money = (amount: bigint | string) => showMoney(String(amount), mail.currency, mail.locale)
  const { came } = mail
  const paper = giroPaper(
    {
      ...{ locale: mail.locale, shop, payerName: mail.payerName, orderName: mail.orderName },
      ...{ reference: mail.reference, demand: mail.demand, isOpen: true },
      ...{ amount: BigInt(mail.amount), received: BigInt(mail.received) },
      ...{ dueAt: new Date(mail.dueAt), at: new Date(mail.at) },
      bank: settings.BANK_FILES.find(({ code }) => code === mail.bank),
    },
    { money, day: (at) => showDay(at, mail.locale, timeZone) },
  )
  const isOwed = BigInt(mail.received) < BigInt(mail.amount) && (came === undefined || came.finding === 'part')
  const said = came && came.finding in texts.came ? texts.came[came.finding as keyof typeof texts.came] : ''
  const title = came ? texts.title.received : paper.title
  const rows: Row[] = [
    [texts.labels.shop, shop],
    ...paper.rows,
    ...(came
      ? ([
          [texts.labels.came, money(came.amount)],
          ...(came.owed === '0' ? [] : ([[texts.labels.toReturn, money(came.owed)]] as const)),
        ] as const)
      : []),
    ...(isOwed ? [[paper.owed.label, paper.owed.amount] as const, ...paper.payTo] : []),
  ]
  const attachments =
    print && topic !== 'giro-received'
      ? [{ filename: `${texts.file}.pdf`, type: 'application/pdf', content: await print(paper) }]
      : undefined
  return {
    ...layOut({
      ...{ title, rows, footer: texts.footer, locale: mail.locale },
      subject: `[${shop}] ${[title, paper.subtitle].filter(Boolean).join(' · ')} ${came ? money(came.amount) : paper.owed.amount}`,
      lead: came ? `${texts.lead.received} ${said}` : paper.lead,
      link: { text: texts.show, href: statementUrl(settings, mail.merchantId, mail.billId) },
    }),
    ...(attachments ? { attachments } : {}),
  }
}
