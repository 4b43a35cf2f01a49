import { anyUri, decimal, once, optional, any, string, struct } from '../schema'

/** Types that the parts of Parlay X 2.1 share. */
export const COMMON = 'http://www.csapi.org/schema/parlayx/common/v2_1'

/** What is to be charged: an amount, or a code that the contract gives a price. */
export const chargingInformation = struct(COMMON, 'ChargingInformation', {
  description: once(string),
  currency: optional(string),
  amount: optional(decimal),
  code: optional(string),
})

/** Where an application wants to be told, and by what name it will know what it is told. */
export const simpleReference = struct(COMMON, 'SimpleReference', {
  endpoint: once(anyUri),
  interfaceName: once(string),
  correlator: once(string),
})

const exception = { messageId: once(string), text: once(string), variables: any(string) } as const

export const exceptions = {
  ServiceException: struct(COMMON, 'ServiceException', exception),
  PolicyException: struct(COMMON, 'PolicyException', exception),
} as const
