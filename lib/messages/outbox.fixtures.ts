import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { People } from '../auth/people'
import type { Uuid } from '../ids'
import { createEndpoints, type Endpoints } from '../merchants/endpoints'
import { aMerchant, type MerchantsRoom, type ShopServer, startShopServer } from '../merchants/merchants.fixtures'
import type { Payment } from '../payments/payment'
import { composePaymentMessages } from './compose'
import { createMessages, type Messages } from './messages'
import { createOutgoing } from './outgoing'
import { aPayment } from './payment.fixtures'

export interface Outbox {
  readonly messages: Messages
  readonly endpoints: Endpoints
  readonly merchantId: Uuid
  readonly shop: ShopServer
  readonly mails: Email[]
  readonly reported: string[]
  /** Writes what reports a paid payment, as the payment's own transaction does. */
  paid(payment?: Partial<Payment>): Promise<Payment>
  sendAll(): Promise<void>
  close(): Promise<void>
}

export interface OutboxOptions {
  /** How the shop answers a webhook; 200 unless said otherwise. */
  readonly answer?: Parameters<typeof startShopServer>[0]
  /** Why the mail server does not take a mail. */
  readonly mailAnswer?: () => Error | undefined
}

/** An outbox, a merchant with one endpoint at a shop that answers as given, and a mail server, all real. */
export async function startOutbox(
  { room, people }: { room: MerchantsRoom; people: People },
  { answer = () => ({}), mailAnswer = () => undefined }: OutboxOptions = {},
): Promise<Outbox> {
  const shop = await startShopServer(answer)
  const mails: Email[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const refusal = mailAnswer()
        if (refusal) return done(refusal)
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push(mail)
          done()
        })
      })
    },
  })
  await new Promise<void>((ready) => void smtp.listen(0, '127.0.0.1', ready))
  const smtpPort = (smtp.server.address() as AddressInfo).port

  const outgoing = createOutgoing({ allow: [shop.address] })
  const endpoints = createEndpoints({
    ...room,
    settings: { CARD_KEYS: [{ id: '2026', key: randomBytes(32) }] },
    outgoing,
  })
  const reported: string[] = []
  const messages = createMessages({
    ...room,
    people,
    endpoints,
    outgoing,
    sinks: { find: async () => undefined, close: async () => undefined },
    notices: { write: async () => undefined, stop: async () => undefined },
    settings: {
      ISSUERS: [],
      BANKS: [],
      BANK_FILES: [],
      TIME_ZONE: 'Asia/Seoul',
      WEB_URL: 'https://moa.example',
      SESSION_SECRET: 'a secret of tests, forty characters long',
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      MAIL_FROM: 'Moa <receipts@moa.example>',
    },
    report: (event) => reported.push(event),
  })
  const { id: merchantId } = await room.merchants.create(aMerchant())
  await endpoints.create(merchantId, { url: shop.url })

  return {
    messages,
    endpoints,
    merchantId,
    shop,
    mails,
    reported,
    async paid(changes = {}) {
      const { email: _, ...silent } = aPayment({ merchantId })
      const payment = { ...silent, ...changes }
      const composed = composePaymentMessages('paid', payment, room.clock.now())
      await room.database.pool.query('select insert_messages($1)', [
        JSON.stringify([{ merchantId, paymentId: payment.id, messages: composed }]),
      ])
      return payment
    },
    async sendAll() {
      await messages.sendDue(50)
      await messages.idle()
    },
    async close() {
      await shop.close()
      await messages.close()
      await new Promise<void>((closed) => smtp.close(() => closed()))
    },
  }
}
