/** Answers of an issuer's host: the request again, with what the issuer adds. */
import type { Reply } from './movements'
import type { Deed } from './deeds'
import type { Message } from './iso8583'
import { emptyFields } from './iso8583'

/** 0100 and its repeat 0101 are both answered by 0110. */
const answerType = (mti: string): string => `${mti.slice(0, 2)}${Number(mti.charAt(2)) + 1}0`

/** The security code does not travel back. */
function withoutSecurityCode(privateData: string | undefined): string | undefined {
  const kept = privateData?.split(';').filter((part) => !part.startsWith('CVV='))
  return kept && kept.length > 0 ? kept.join(';') : undefined
}

/** Echoes the request's elements and adds the reply's; expiry and security code stay here. */
export function answerTo(request: Message, reply: Reply): Message {
  const fields = request.fields.slice()
  fields[14] = undefined
  fields[48] = withoutSecurityCode(fields[48])
  if (reply.settlement) for (const [field, value] of Object.entries(reply.settlement)) fields[Number(field)] = value
  else fields[39] = reply.code
  if (reply.authorizationId !== undefined) fields[38] = reply.authorizationId
  if (reply.balances !== undefined) fields[54] = reply.balances
  return { mti: answerType(request.mti), fields }
}

/** What of a request that breaks the profile is sent back with a format error: enough to match and read it. */
const ECHOED = [2, 3, 4, 7, 11, 32, 37, 41, 42, 49, 70]

/** The answer to a request that breaks the profile, or undefined when it cannot be told which request it was. */
export function formatError({ mti, fields }: Message): Message | undefined {
  const isRequest = /^0[1-8][024][01]$/.test(mti)
  const matchable = fields[11] !== undefined && fields[7] !== undefined
  if (!isRequest || !matchable || (fields[32] === undefined && !mti.startsWith('08'))) return undefined
  const echo = emptyFields()
  for (const field of ECHOED) echo[field] = fields[field]
  echo[39] = '30'
  return { mti: answerType(mti), fields: echo }
}

const added = (digits: string, more: number): string =>
  String((Number(digits) + more) % 10 ** digits.length).padStart(digits.length, '0')

/** The answer as a switch wants it spoilt. */
export function spoil(answer: Message, deed: Deed): Message {
  const fields = answer.fields.slice()
  const [amount, stan] = [fields[4], fields[11]]
  if (deed.kind === 'wrong-amount' && amount !== undefined) fields[4] = added(amount, 1)
  if (deed.kind === 'wrong-stan' && stan !== undefined) fields[11] = added(stan, 1)
  if (deed.kind === 'unknown-code') fields[39] = 'Z9'
  if (deed.kind === 'alter') fields[deed.field] = deed.value ?? undefined
  return { mti: answer.mti, fields }
}
