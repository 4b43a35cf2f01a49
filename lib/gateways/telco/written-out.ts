import { writesOut } from '../written-out'

const NUMBERS = new Set(['line', 'callingCard', 'notify', 'subscriberRef'])
const SECRETS = new Set(['pin', 'subscriber'])

/** Numbers masked, PINs and what identifies a person left out. */
export const writtenOut = writesOut(NUMBERS, SECRETS)
