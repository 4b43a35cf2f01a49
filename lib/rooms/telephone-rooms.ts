import { createPhoneBill, type PhoneBill } from '../billing/phone-bill'
import { type Camara, createCamara } from '../camara/camara'
import { createLineMeans } from '../camara/phone-lines'
import { createEventSinks } from '../camara/sinks'
import type { Vault } from '../cards/vault'
import type { PrintPaper } from '../giro/paper'
import type { SmsCentreState } from '../gateways/sms/sms'
import { createMessages, type Messages } from '../messages/messages'
import { createOAuth, type OAuth } from '../oauth/oauth'
import { createOpenService, type OpenService } from '../open-service/open-service'
import type { LinkCheck } from '../operations/link-conditions'
import { createNotices } from '../parlayx/notices'
import { createTexts, type Texts } from '../parlayx/texts'
import { createVolumes, type Volumes } from '../parlayx/volumes'
import { createWatches, type Watches } from '../parlayx/watches'
import { type Base, reporter } from './base'
import type { MeansRooms } from './means-rooms'
import type { OutsideLinks } from './outside-links'
import type { PaymentRooms } from './payment-rooms'
import type { PeopleRooms } from './people-rooms'
import type { ShopRooms } from './shop-rooms'

/** The telephone's side: messages that leave, phone bills, and the open interfaces of CAMARA and Parlay X. */
export interface TelephoneRooms {
  readonly messages: Messages
  readonly phoneBill: PhoneBill
  readonly oauth: OAuth
  readonly camara: Camara
  readonly openService: OpenService
  readonly texts: Texts
  readonly watches: Watches
  readonly volumes: Volumes
}

interface Parts extends Base {
  readonly vault: Vault
  readonly links: OutsideLinks
  readonly people: PeopleRooms
  readonly shops: ShopRooms
  readonly means: MeansRooms
  readonly paying: PaymentRooms
  readonly print?: PrintPaper
}

export function createTelephoneRooms(parts: Parts): TelephoneRooms {
  const { settings, clock, log, database, operations, vault, links, people, shops, means, paying, print } = parts
  const { merchants, endpoints, outgoing, evidence } = shops
  const { accounts, billing } = means
  const { payments, refunds, events } = paying
  const { telcos, references } = links
  const report = reporter(log)
  const messages = createMessages({
    ...{ database, clock, settings, endpoints, merchants, outgoing, evidence, print, report },
    people: people.people,
    sinks: createEventSinks({ pool: database.pool, vault }),
    notices: createNotices({ database, vault, unwatch: accounts.unwatch }),
    observe: operations.observe,
    sms: { vault, drawCode: billing.codes.draw },
  })
  operations.watchLinks(() => smsLink(messages.smsState()))
  const phoneBill = createPhoneBill({
    ...{ database, clock, references, telcos, vault },
    ...billing,
    findPayment: payments.find,
    findMerchant: merchants.get,
    hurry: messages.sendNow,
  })
  const lines = createLineMeans({ telcos, references, phoneBill, lineVault: billing.lineVault })
  return {
    ...{ messages, phoneBill },
    oauth: createOAuth({ database, clock, vault }),
    openService: createOpenService({ database, clock, vault }),
    texts: createTexts({ database, clock, vault, hurry: messages.sendNow }),
    watches: createWatches({ database, clock, accounts }),
    volumes: createVolumes(database),
    camara: createCamara({ database, clock, vault, settings, payments, refunds, lines, events, report }),
  }
}

/** The one bind to the SMS centre, once somebody has asked for it. */
function smsLink(state: SmsCentreState | undefined): LinkCheck[] {
  if (!state) return []
  const { system, inFlight, lastAnswerAt } = state
  if (state.state === 'idle') return [{ link: 'sms', system }]
  return [
    { link: 'sms', system, connections: 1, connectionsUp: state.state === 'down' ? 0 : 1, inFlight, lastAnswerAt },
  ]
}
