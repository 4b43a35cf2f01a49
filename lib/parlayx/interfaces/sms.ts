import { any, anyUri, base64, once, oneOf, operation, optional, soapInterface, some, string, struct } from '../schema'
import { chargingInformation, simpleReference } from './common-types'

export const SMS = 'http://www.csapi.org/schema/parlayx/sms/v2_2'

export const deliveryStatuses = [
  'DeliveredToNetwork',
  'DeliveryUncertain',
  'DeliveryImpossible',
  'MessageWaiting',
  'DeliveredToTerminal',
  'DeliveryNotificationNotSupported',
] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

const deliveryInformation = struct(SMS, 'DeliveryInformation', {
  address: once(anyUri),
  deliveryStatus: once(oneOf(SMS, 'DeliveryStatus', deliveryStatuses)),
})

const format = oneOf(SMS, 'SmsFormat', ['Ems', 'SmartMessaging'])

const addressed = {
  addresses: some(anyUri),
  senderName: optional(string),
  charging: optional(chargingInformation),
} as const

const requestIdentifier = { result: once(string) } as const

/** Sending of Short Messaging 2.2, as its published document describes it. */
export const sendSms = soapInterface({
  name: 'SendSms',
  wsdlNamespace: 'http://www.csapi.org/wsdl/parlayx/sms/send/v2_2',
  localNamespace: 'http://www.csapi.org/schema/parlayx/sms/send/v2_2/local',
  operations: {
    sendSms: operation(
      { ...addressed, message: once(string), receiptRequest: optional(simpleReference) },
      requestIdentifier,
    ),
    sendSmsLogo: operation(
      { ...addressed, image: once(base64), smsFormat: once(format), receiptRequest: optional(simpleReference) },
      requestIdentifier,
    ),
    sendSmsRingtone: operation(
      { ...addressed, ringtone: once(string), smsFormat: once(format), receiptRequest: optional(simpleReference) },
      requestIdentifier,
    ),
    getSmsDeliveryStatus: operation({ requestIdentifier: once(string) }, { result: any(deliveryInformation) }),
  },
})

/** Receipts of all messages of an application; its namespace follows the pattern of the published documents. */
export const smsNotificationManager = soapInterface({
  name: 'SmsNotificationManager',
  wsdlNamespace: 'http://www.csapi.org/wsdl/parlayx/sms/notification_manager/v3_1',
  localNamespace: 'http://www.csapi.org/schema/parlayx/sms/notification_manager/v3_1/local',
  operations: {
    startDeliveryReceiptNotification: operation({ reference: once(simpleReference) }, {}),
    stopDeliveryReceiptNotification: operation({ correlator: once(string) }, {}),
  },
})

/** What an application offers that wants receipts: the one operation of SmsNotification 2.2 that we call. */
export const smsNotification = soapInterface({
  name: 'SmsNotification',
  wsdlNamespace: 'http://www.csapi.org/wsdl/parlayx/sms/notification/v2_2',
  localNamespace: 'http://www.csapi.org/schema/parlayx/sms/notification/v2_2/local',
  hasFaults: false,
  operations: {
    notifySmsDeliveryReceipt: operation({ correlator: once(string), deliveryStatus: once(deliveryInformation) }, {}),
  },
})
