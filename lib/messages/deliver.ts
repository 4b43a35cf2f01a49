import type { People } from '../auth/people'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import { invariant } from '../invariant'
import type { EvidenceBook } from '../merchants/evidence'
import type { Endpoints } from '../merchants/endpoints'
import type { Merchants } from '../merchants/merchants'
import type { EventSinks } from '../camara/sinks'
import type { Notices } from '../parlayx/notices'
import { createCloudEventDelivery } from './deliver-cloud-event'
import { createMailDelivery } from './deliver-mail'
import { createSoapDelivery } from './deliver-soap'
import { createSmsDelivery, type SmsParts } from './deliver-sms'
import { createWebhookDelivery } from './deliver-webhook'
import type { PrintPaper } from '../giro/paper'
import type { Mailer } from './mailer'
import type { Outgoing } from './outgoing'
import type { ClaimedMessage } from './store'

/** What a delivery meets on its way. */
export interface DeliveryParts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'ISSUERS' | 'BANKS' | 'BANK_FILES' | 'TIME_ZONE' | 'WEB_URL' | 'SESSION_SECRET'>
  readonly outgoing: Outgoing
  readonly mailer: Mailer
  readonly endpoints: Pick<Endpoints, 'listeners'>
  readonly merchants: Pick<Merchants, 'get'>
  readonly people: Pick<People, 'get' | 'members'>
  /** Puts a statement on paper, as PDF; without it, mails carry the address at which it is shown. */
  readonly print?: PrintPaper | undefined
  readonly evidence: Pick<EvidenceBook, 'keep'>
  /** Where events of the CAMARA interface go. */
  readonly sinks: EventSinks
  /** What applications of the open API are told. */
  readonly notices: Notices
  /** Absent where there is no SMS centre: SMS then stay in the outbox. */
  readonly sms?: Pick<SmsParts, 'centre' | 'vault' | 'drawCode'> | undefined
  /** Told of what people who run the gateway should know. */
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** One try to deliver a message that was taken up, and the record of it. */
export function createDelivery(parts: DeliveryParts): (message: ClaimedMessage) => Promise<void> {
  const deliverMail = createMailDelivery(parts)
  const deliverWebhook = createWebhookDelivery(parts)
  const deliverCloudEvent = createCloudEventDelivery(parts)
  const deliverSoap = createSoapDelivery(parts)
  const deliverSms = parts.sms && createSmsDelivery({ ...parts, ...parts.sms })
  return (message) => {
    switch (message.kind) {
      case 'email':
        return deliverMail(message)
      case 'cloud-event':
        return deliverCloudEvent(message)
      case 'soap':
        return deliverSoap(message)
      case 'sms':
        invariant(deliverSms, 'an SMS is taken up only where there is a centre')
        return deliverSms(message)
      default:
        return deliverWebhook(message)
    }
  }
}
