import type { Tariff } from '../open-service/application'

/** What a volume costs. */
export type VolumeTariff = Pick<Tariff, 'price'> & { readonly perVolume: bigint }

/** The price of a volume in minor units: what is begun is paid whole. */
export function rate({ price, perVolume }: VolumeTariff, volume: bigint): bigint {
  return (price * volume + perVolume - 1n) / perVolume
}

/** What a further volume adds: however a whole is cut up, its parts cost together what it costs. */
export function rateFurther(tariff: VolumeTariff, before: bigint, further: bigint): bigint {
  return rate(tariff, before + further) - rate(tariff, before)
}
