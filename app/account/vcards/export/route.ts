import { getLocale, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { cardName } from '@/app/_glue/names'
import { requirePerson } from '@/app/_glue/session'
import { vcardLook } from '@/app/_glue/vcard-look'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'

const ROWS = 100

/** The shopper's V-Cards with their shares as a CSV file, the newest first; no number is in it. */
export async function GET(): Promise<Response> {
  const [person, gateway, locale, t] = await Promise.all([
    requirePerson('/account/vcards'),
    runningGateway(),
    getLocale(),
    getTranslations('account.vcards'),
  ])
  let before: Uuid | undefined
  const heads = [t('csv.number'), t('csv.shop'), t('csv.amount'), t('csv.currency'), t('csv.state'), t('csv.shares')]
  return csvAnswer('v-cards.csv', csvLine([...heads, t('csv.made'), t('csv.expires'), t('csv.payment')]), async () => {
    const page = await gateway.vcards.list(person.id, { limit: ROWS, ...(before && { before }) })
    before = page.at(-1)?.id
    const lines = page.map((vcard) => {
      const { amount, currency } = vcard.amount
      const money = (part: bigint) => decimalText(part, exponentOf(currency))
      return csvLine([
        ...[vcard.masked, vcard.shopName[locale], money(amount), currency, t(`state.${vcardLook(vcard).key}`)],
        vcard.shares.map((share) => `${cardName(share, locale)} ${money(share.amount)}`).join('; '),
        ...[vcard.createdAt.toISOString(), vcard.expiresAt.toISOString()],
        vcard.paymentId ? publicId('pay', vcard.paymentId) : '',
      ])
    })
    return { lines, isLast: page.length < ROWS }
  })
}
