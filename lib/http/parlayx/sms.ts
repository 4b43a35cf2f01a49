import { readPublicId } from '../../ids'
import { readPhoneNumber } from '../../billing/phone-number'
import { policyException, serviceException } from '../../parlayx/faults'
import { sendSms, smsNotificationManager } from '../../parlayx/interfaces/sms'
import { LONGEST_TEXT, MOST_ADDRESSES } from '../../parlayx/texts'
import { serveInterface } from './parlayx-route'
import { readLine, readReference } from './read-parts'
import { startAnswer } from './start-answer'

// A name of the sender is put before the text: which number a message comes from is the centre's to say.
const LONGEST_SENDER = 20

/** Short Messaging: texts to telephones, and what became of them. */
export const smsRoutes = [
  ...serveInterface(
    sendSms,
    {
      sendSms: 'parlayx.sms',
      sendSmsLogo: 'parlayx.sms',
      sendSmsRingtone: 'parlayx.sms',
      getSmsDeliveryStatus: 'parlayx.sms',
    },
    {
      async sendSms({ gateway, application, merchant, input }) {
        if (input.charging) throw policyException('POL0008')
        const numbers = readAddresses(input.addresses)
        const text = readText(input.message, input.senderName)
        const receipt = input.receiptRequest && readReference(gateway, input.receiptRequest)
        const sent = await gateway.texts.send({
          ...{ merchantId: merchant.id, applicationId: application.id, numbers, text, locale: 'ko' },
          ...(receipt && { receipt }),
        })
        if (sent.kind === 'sent') return { result: sent.id }
        if (sent.reason === 'too-many-messages') throw policyException('POL0001', sent.reason)
        throw serviceException('SVC0005', receipt?.correlator ?? '', 'receiptRequest')
      },

      // No centre of ours takes pictures or tones.
      async sendSmsLogo({ input }) {
        throw serviceException('SVC0281', input.smsFormat)
      },
      async sendSmsRingtone({ input }) {
        throw serviceException('SVC0281', input.smsFormat)
      },

      async getSmsDeliveryStatus({ gateway, application, merchant, input }) {
        const id = readPublicId('sms', input.requestIdentifier)
        const place = { merchantId: merchant.id, applicationId: application.id }
        const found = id && (await gateway.texts.status(place, id))
        if (!found) throw serviceException('SVC0002', 'requestIdentifier')
        return {
          result: found.map(({ number, status }) => ({ address: `tel:${number}`, deliveryStatus: status })),
        }
      },
    },
  ),
  ...serveInterface(
    smsNotificationManager,
    { startDeliveryReceiptNotification: 'parlayx.sms', stopDeliveryReceiptNotification: 'parlayx.sms' },
    {
      async startDeliveryReceiptNotification({ gateway, application, input }) {
        const reference = readReference(gateway, input.reference)
        return startAnswer(await gateway.watches.startReceipts(application, reference), reference)
      },
      async stopDeliveryReceiptNotification({ gateway, application, input }) {
        const stopped = await gateway.watches.stop(application.id, 'sms-receipt', input.correlator)
        if (!stopped) throw serviceException('SVC0002', 'correlator')
        return {}
      },
    },
  ),
]

/** Each telephone once, however often it was named. */
function readAddresses(addresses: readonly string[]): string[] {
  if (addresses.length > MOST_ADDRESSES) throw policyException('POL0003', 'addresses')
  const numbers = addresses.map((address) => {
    const [, number] = /^(?:tel:)?(\+?[0-9-]{4,20})$/i.exec(address) ?? []
    return number === undefined ? undefined : readPhoneNumber(number)
  })
  const known = numbers.filter((number) => number !== undefined)
  if (known.length < numbers.length) throw serviceException('SVC0004', 'addresses')
  return [...new Set(known)]
}

function readText(message: string, senderName: string | undefined): string {
  const text = message.normalize('NFC')
  if (text.trim() === '' || /[^\P{Cc}\n\t]/u.test(text)) throw serviceException('SVC0002', 'message')
  const sender =
    senderName === undefined || senderName === '' ? undefined : readLine('senderName', senderName, LONGEST_SENDER)
  const whole = sender === undefined ? text : `[${sender}] ${text}`
  if ([...whole].length > LONGEST_TEXT) throw serviceException('SVC0280', String(LONGEST_TEXT))
  return whole
}
