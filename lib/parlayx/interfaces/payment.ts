import { any, anyUri, int, long, once, operation, soapInterface, some, string, struct } from '../schema'
import { chargingInformation } from './common-types'

export const PAYMENT = 'http://www.csapi.org/schema/parlayx/payment/v2_1'

/** A fact about a volume, by which it is rated. */
const property = struct(PAYMENT, 'Property', { name: once(string), value: once(string) })

/** One payer's part of an amount, in whole percent. */
const share = struct(PAYMENT, 'SplitShare', { endUserIdentifier: once(anyUri), percent: once(int) })

const toCharge = {
  endUserIdentifier: once(anyUri),
  charge: once(chargingInformation),
  referenceCode: once(string),
} as const

const toRate = { endUserIdentifier: once(anyUri), volume: once(long), parameters: any(property) } as const

const ofVolume = {
  endUserIdentifier: once(anyUri),
  volume: once(long),
  billingText: once(string),
  referenceCode: once(string),
  parameters: any(property),
} as const

const getAmount = operation(toRate, { result: once(chargingInformation) })
const releaseReservation = operation({ reservationIdentifier: once(string) }, {})

/** The four interfaces of Parlay X 2.1, part 6. */
export const amountCharging = soapInterface({
  name: 'AmountCharging',
  wsdlNamespace: 'http://www.csapi.org/wsdl/parlayx/payment/amount_charging/v2_1',
  localNamespace: 'http://www.csapi.org/schema/parlayx/payment/amount_charging/v2_1/local',
  operations: {
    chargeAmount: operation(toCharge, {}),
    refundAmount: operation(toCharge, {}),
    chargeSplitAmount: operation(
      { splitInfo: some(share), charge: once(chargingInformation), referenceCode: once(string) },
      {},
    ),
  },
})

export const volumeCharging = soapInterface({
  name: 'VolumeCharging',
  wsdlNamespace: 'http://www.csapi.org/wsdl/parlayx/payment/volume_charging/v2_1',
  localNamespace: 'http://www.csapi.org/schema/parlayx/payment/volume_charging/v2_1/local',
  operations: {
    chargeVolume: operation(ofVolume, {}),
    getAmount,
    refundVolume: operation(ofVolume, {}),
    chargeSplitVolume: operation(
      {
        splitInfo: some(share),
        volume: once(long),
        billingText: once(string),
        referenceCode: once(string),
        parameters: any(property),
      },
      {},
    ),
  },
})

export const reserveAmountCharging = soapInterface({
  name: 'ReserveAmountCharging',
  wsdlNamespace: 'http://www.csapi.org/wsdl/parlayx/payment/reserve_amount_charging/v2_1',
  localNamespace: 'http://www.csapi.org/schema/parlayx/payment/reserve_amount_charging/v2_1/local',
  operations: {
    reserveAmount: operation(
      { endUserIdentifier: once(anyUri), charge: once(chargingInformation) },
      { result: once(string) },
    ),
    reserveAdditionalAmount: operation({ reservationIdentifier: once(string), charge: once(chargingInformation) }, {}),
    chargeReservation: operation(
      { reservationIdentifier: once(string), charge: once(chargingInformation), referenceCode: once(string) },
      {},
    ),
    releaseReservation,
  },
})

export const reserveVolumeCharging = soapInterface({
  name: 'ReserveVolumeCharging',
  wsdlNamespace: 'http://www.csapi.org/wsdl/parlayx/payment/reserve_volume_charging/v2_1',
  localNamespace: 'http://www.csapi.org/schema/parlayx/payment/reserve_volume_charging/v2_1/local',
  operations: {
    getAmount,
    reserveVolume: operation(
      {
        endUserIdentifier: once(anyUri),
        volume: once(long),
        billingText: once(string),
        parameters: any(property),
      },
      { result: once(string) },
    ),
    reserveAdditionalVolume: operation(
      { reservationIdentifier: once(string), volume: once(long), billingText: once(string) },
      {},
    ),
    chargeReservation: operation(
      {
        reservationIdentifier: once(string),
        volume: once(long),
        billingText: once(string),
        referenceCode: once(string),
      },
      {},
    ),
    releaseReservation,
  },
})
