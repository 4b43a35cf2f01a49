import {
  any,
  anyUri,
  dateTime,
  decimal,
  int,
  once,
  oneOf,
  operation,
  optional,
  signedDecimal,
  soapInterface,
  some,
  string,
  struct,
} from '../schema'
import { simpleReference } from './common-types'

export const ACCOUNT_MANAGEMENT = 'http://www.csapi.org/schema/parlayx/account_management/v2_2'

const balance = struct(ACCOUNT_MANAGEMENT, 'Balance', { balanceType: once(string), amount: once(signedDecimal) })

const expiry = struct(ACCOUNT_MANAGEMENT, 'BalanceExpireDetails', {
  balanceType: once(string),
  date: optional(dateTime),
})

const transaction = struct(ACCOUNT_MANAGEMENT, 'DatedTransaction', {
  transactionDate: once(dateTime),
  transactionDetails: once(string),
})

// The document gives the same identifier two types; a client made from it sends the same text either way.
const byText = { endUserIdentifier: once(string), endUserPin: optional(string) } as const
const byUri = { endUserIdentifier: once(anyUri), endUserPin: optional(string) } as const

/** Account Management 2.2, as its published document describes it. */
export const accountManagement = soapInterface({
  name: 'AccountManagement',
  wsdlNamespace: 'http://www.csapi.org/wsdl/parlayx/account_management/v2_2',
  localNamespace: 'http://www.csapi.org/schema/parlayx/account_management/v2_2/local',
  operations: {
    getBalance: operation(byText, { result: some(balance) }),
    getCreditExpiryDate: operation(byUri, { result: some(expiry) }),
    balanceUpdate: operation(
      {
        ...byText,
        referenceCode: once(string),
        balanceType: once(string),
        amount: once(decimal),
        period: optional(int),
      },
      {},
    ),
    voucherUpdate: operation(
      { ...byUri, referenceCode: once(string), voucherIdentifier: once(string), voucherPin: optional(string) },
      {},
    ),
    getHistory: operation(
      { ...byUri, date: optional(dateTime), maxEntries: optional(int) },
      { result: any(transaction) },
    ),
    getBalanceTypes: operation(byText, { result: some(string) }),
  },
})

// No document of the standard for changes of accounts was at hand, so these two have names of our own.
export const ACCOUNT_CHANGE = 'urn:moa:parlayx:account_change:v1'

const accountChanges = ['Charged', 'Refunded', 'Recharged', 'LowBalance'] as const
export type AccountChange = (typeof accountChanges)[number]

const change = struct(ACCOUNT_CHANGE, 'AccountChange', {
  endUserIdentifier: once(anyUri),
  kind: once(oneOf(ACCOUNT_CHANGE, 'AccountChangeKind', accountChanges)),
  dateTime: once(dateTime),
  currency: once(string),
  amount: optional(decimal),
  balance: once(signedDecimal),
  referenceCode: optional(string),
})

/** Where an application asks to be told when an account is charged or falls to its threshold (M-83). */
export const accountChangeNotificationManager = soapInterface({
  name: 'AccountChangeNotificationManager',
  wsdlNamespace: 'urn:moa:parlayx:wsdl:account_change_notification_manager:v1',
  localNamespace: 'urn:moa:parlayx:account_change_notification_manager:v1:local',
  operations: {
    startAccountChangeNotification: operation({ reference: once(simpleReference), ...byUri }, {}),
    stopAccountChangeNotification: operation({ correlator: once(string) }, {}),
  },
})

/** What an application offers that wants to be told. */
export const accountChangeNotification = soapInterface({
  name: 'AccountChangeNotification',
  wsdlNamespace: 'urn:moa:parlayx:wsdl:account_change_notification:v1',
  localNamespace: 'urn:moa:parlayx:account_change_notification:v1:local',
  hasFaults: false,
  operations: { notifyAccountChange: operation({ correlator: once(string), change: once(change) }, {}) },
})
