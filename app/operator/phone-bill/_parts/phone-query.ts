import { readMark, writeMark } from '@/app/merchant/phone-bill/_parts/list-mark'
import { readLineMark, writeLineMark } from '@/app/operator/_parts/line-mark'
import { listHref } from '@/app/operator/people/_parts/list-query'
import type { OddLine, OddMark } from '@/lib/billing/collection-store'
import type { RefusedCharge, RefusedQuery } from '@/lib/billing/file-store'
import { publicId, readPublicId } from '@/lib/ids'
import type { RawQuery } from './typed-query'

export const PHONE_BILL = '/operator/phone-bill'

/** Where the pages before ended, of either list. */
export interface PhonePlace {
  readonly refused?: RefusedQuery['before']
  readonly odd?: OddMark | undefined
}

export function readPlace({ refused, odd }: RawQuery): PhonePlace {
  const mark = readMark(refused)
  const paymentId = mark && readPublicId('pay', mark.name)
  const line = readLineMark(odd)
  return {
    ...(mark && paymentId && { refused: { at: mark.at, paymentId } }),
    ...(line && { odd: { ...line, centre: line.owner } }),
  }
}

/** The page with both lists at their places. */
export function placeHref({ refused, odd }: PhonePlace): string {
  return listHref(PHONE_BILL, {
    refused: refused && writeMark({ at: refused.at, name: publicId('pay', refused.paymentId) }),
    odd: odd && writeLineMark({ ...odd, owner: odd.centre }),
  })
}

export const afterRefused = ({ changedAt, paymentId }: RefusedCharge): PhonePlace => ({
  refused: { at: changedAt, paymentId },
})
export const afterOdd = ({ centre, name, line }: OddLine): PhonePlace => ({ odd: { centre, name, line } })
