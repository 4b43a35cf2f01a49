import { SOAP_TYPE } from '../parlayx/envelope'
import type { Notices } from '../parlayx/notices'
import type { DeliveryParts } from './deliver'
import { createDeliveryToOne } from './deliver-to-one'
import type { ClaimedMessage } from './store'

interface Parts extends Pick<DeliveryParts, 'database' | 'clock' | 'outgoing'> {
  readonly notices: Notices
}

/** Calls the interface of an application that asked to be told of something (M-83). */
export function createSoapDelivery({ notices, ...parts }: Parts) {
  const { deliver, giveUp } = createDeliveryToOne(parts)

  return async (message: ClaimedMessage): Promise<void> => {
    const notice = await notices.write(message)
    if (!notice) return giveUp(message)
    const headers = { 'content-type': SOAP_TYPE, soapaction: '""' }
    const end = await deliver(message, { url: notice.url, headers, body: notice.body })
    if (end === 'gone') await notices.stop(message)
  }
}
