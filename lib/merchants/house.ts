import type { Uuid } from '../ids'

/**
 * The operator as a merchant of its own, made by the migrations: shoppers buy from it what they load into wallets and
 * accounts. Nobody is a member of it, so nothing bought there is given back by hand.
 */
export const HOUSE_MERCHANT: Uuid = '00000000-0000-7000-8000-00006d6f6100'
