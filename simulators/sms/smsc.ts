/** An SMS centre: SMPP 3.4, telephones behind it, and receipts for what they got. */
import type { AddressInfo } from 'node:net'
import smpp, { type Pdu, type Session } from 'smpp'
import { z } from 'zod'
import { Switches } from '../switches'
import { Concatenation, placeOf } from './concatenation'
import type { PhoneInbox } from './phone-inbox'

export const smsSwitch = z.strictObject({
  /**
   * down: no connections. refuse: the message is not wanted. busy: throttled. stall: no answer, nothing delivered.
   * lose-answer: delivered, no answer. drop-after: delivered, and hung up before the answer. undeliverable: taken, but no
   * telephone gets it. slow-receipt: the receipt takes `ms`. no-receipt: none comes.
   */
  do: z.enum([
    ...['down', 'refuse', 'busy', 'stall', 'lose-answer', 'drop-after'],
    ...['undeliverable', 'slow-receipt', 'no-receipt'],
  ] as const),
  to: z
    .string()
    .regex(/^\+[0-9]{7,15}$/)
    .optional(),
  ms: z.int().min(0).max(600_000).optional(),
  times: z.int().min(1).max(1_000_000).optional(),
})
export type SmsSwitch = z.infer<typeof smsSwitch>

export interface Smsc {
  readonly port: number
  /** With the user and password that it knows. */
  readonly url: string
  readonly switches: Switches<SmsSwitch>
  /** Gateways that are bound. */
  binds(): number
  disconnect(): void
  forgetPending(): void
  close(): Promise<void>
}

/** Whoever binds is asked for these; there is nothing behind them. */
const USER = 'moa'
const PASSWORD = 'moa'

const STATUS = { ok: 0, notBound: 0x04, badPassword: 0x0e, refused: 0x45, badAddress: 0x0b, busy: 0x58, tooLong: 0x01 }
const LONGEST_BYTES = { 0: 160, 8: 140 } as const
const COME_AGAIN_AFTER_MS = 300
const SLOW_RECEIPT_MS = 10_000

export async function startSmsc(
  inbox: PhoneInbox,
  { port, changed }: { port: number; changed: () => void },
): Promise<Smsc> {
  const sessions = new Set<Session>()
  const bound = new Set<Session>()
  const pending = new Set<NodeJS.Timeout>()
  /** Receipts that no bound gateway has taken yet. */
  const receipts: object[] = []
  const concatenation = new Concatenation()
  const switches = new Switches<SmsSwitch>(changed)
  let nextId = Date.now()

  const later = (ms: number, deed: () => void) => {
    const timer = setTimeout(() => {
      pending.delete(timer)
      deed()
    }, ms)
    pending.add(timer)
  }
  const isDown = () => switches.take((each) => each.do === 'down') !== undefined

  const sendReceipts = () => {
    const [session] = bound
    if (!session) return
    for (const receipt of receipts.splice(0)) {
      session.deliver_sm(receipt, ({ command_status }) => {
        if (command_status === STATUS.ok) return
        receipts.push(receipt)
        later(COME_AGAIN_AFTER_MS, sendReceipts)
      })
    }
  }

  /** Delivers a part; the state its receipt will have. */
  const deliver = async (pdu: Pdu, deed: SmsSwitch['do'] | undefined): Promise<'DELIVRD' | 'UNDELIV'> => {
    if (deed === 'undeliverable') return 'UNDELIV'
    const { short_message: content, service_type, source_addr: from = '', destination_addr = '', data_coding } = pdu
    const kind = service_type === 'VOICE' ? 'call' : 'sms'
    const text = typeof content?.message === 'string' ? content.message : ''
    const whole = concatenation.add(`${from} ${destination_addr} ${kind}`, { text, place: placeOf(content?.udh) })
    const alphabet = data_coding === 8 ? 'UCS-2' : 'GSM-7'
    if (whole) await inbox.add({ ...whole, kind, from, to: `+${destination_addr}`, alphabet })
    return 'DELIVRD'
  }

  const report = (pdu: Pdu, centreId: string, state: 'DELIVRD' | 'UNDELIV') => {
    const minute = new Date().toISOString().replace(/[-T:]/g, '').slice(2, 12)
    const isDelivered = state === 'DELIVRD'
    const counts = `sub:001 dlvrd:00${isDelivered ? 1 : 0}`
    receipts.push({
      source_addr: pdu.destination_addr,
      destination_addr: pdu.source_addr,
      esm_class: 0x04,
      data_coding: 0,
      receipted_message_id: centreId,
      message_state: isDelivered ? 2 : 5,
      short_message: `id:${centreId} ${counts} submit date:${minute} done date:${minute} stat:${state} err:000 text:`,
    })
    sendReceipts()
  }

  const submit = async (session: Session, pdu: Pdu) => {
    const refuse = (command_status: number) => void session.send(pdu.response({ command_status }))
    if (!bound.has(session)) return refuse(STATUS.notBound)
    const fault = faultOf(pdu)
    if (fault !== undefined) return refuse(fault)
    const to = `+${pdu.destination_addr}`
    const found = switches.take((each) => each.do !== 'down' && (each.to === undefined || each.to === to))
    if (found?.do === 'refuse') return refuse(STATUS.refused)
    if (found?.do === 'busy') return refuse(STATUS.busy)
    if (found?.do === 'stall') return
    const centreId = (nextId += 1).toString(16).toUpperCase()
    const state = await deliver(pdu, found?.do)
    if (found?.do === 'drop-after') return session.destroy()
    if (found?.do !== 'lose-answer') session.send(pdu.response({ message_id: centreId }))
    if (pdu.registered_delivery !== 1 || found?.do === 'no-receipt') return
    later(found?.do === 'slow-receipt' ? (found.ms ?? SLOW_RECEIPT_MS) : 0, () => report(pdu, centreId, state))
  }

  const server = smpp.createServer((session) => {
    sessions.add(session)
    session.on('error', () => session.destroy())
    session.socket.on('close', () => {
      sessions.delete(session)
      bound.delete(session)
      changed()
    })
    if (isDown()) return session.destroy()
    session.on('bind_transceiver', (pdu: Pdu) => {
      const isKnown = pdu.system_id === USER && pdu.password === PASSWORD
      session.send(pdu.response(isKnown ? { system_id: 'SMSC' } : { command_status: STATUS.badPassword }))
      if (!isKnown) return
      bound.add(session)
      changed()
      sendReceipts()
    })
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()))
    session.on('unbind', (pdu: Pdu) => {
      bound.delete(session)
      session.send(pdu.response())
      session.close()
    })
    session.on('submit_sm', (pdu: Pdu) => void submit(session, pdu))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
  const disconnect = () => {
    for (const session of sessions) session.destroy()
  }
  const forgetPending = () => {
    for (const timer of pending) clearTimeout(timer)
    pending.clear()
    receipts.length = 0
    concatenation.clear()
  }
  const listens = (server.address() as AddressInfo).port
  return {
    port: listens,
    url: `smpp://${USER}:${PASSWORD}@127.0.0.1:${listens}`,
    switches,
    binds: () => bound.size,
    disconnect,
    forgetPending,
    close: async () => {
      forgetPending()
      const closed = new Promise((resolve) => server.close(resolve))
      disconnect()
      await closed
    },
  }
}

/** What the message breaks, as a status. */
function faultOf({ destination_addr = '', data_coding = 0, short_message }: Pdu): number | undefined {
  if (!/^[1-9][0-9]{6,14}$/.test(destination_addr)) return STATUS.badAddress
  const { message = '', udh = [] } = short_message ?? {}
  const text = typeof message === 'string' ? message : ''
  const header = udh.length === 0 ? 0 : 1 + udh.reduce((sum, { length }) => sum + length, 0)
  if (data_coding !== 0 && data_coding !== 8) return STATUS.refused
  // Characters of GSM-7's extension take two, which this does not count: it is about what could never be sent.
  const bytes = data_coding === 8 ? text.length * 2 : text.length
  return header + bytes > LONGEST_BYTES[data_coding] ? STATUS.tooLong : undefined
}
