import { writesOut } from '../written-out'

const NUMBERS = new Set(['account', 'from', 'to', 'accountRef'])
const SECRETS = new Set(['passwordJwe', 'name'])

/** Accounts masked, password and holder left out. */
export const writtenOut = writesOut(NUMBERS, SECRETS)
