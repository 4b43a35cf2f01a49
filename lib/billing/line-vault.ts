import type { Sealed, Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { CallingNumber, Subscriber, TelcoAnswer } from '../gateways/telco/telco'
import { type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import { maskNumber } from '../messages/compose-sms'
import { findLine, findLineId, findLinesSealedByOthers, type LineRow, putLine, replaceSealedLine } from './line-store'
import { isSpokenTo, lineName } from './phone-number'

/** A line with its numbers opened: for calls to its telco and messages to its holder, and nothing else. Never log it. */
export interface OpenedLine {
  readonly id: Uuid
  readonly calling: CallingNumber
  /** The number to which its messages go; absent: the line itself. */
  readonly notify?: string
  readonly masked: string
  readonly system: string
}

/** Where the holder of a line is told something: its messages' number, or the line itself. Undefined: nowhere. */
export function reachOf({
  calling,
  notify,
}: OpenedLine): { readonly to: string; readonly spoken: boolean } | undefined {
  const to = notify ?? (calling.kind === 'line' ? calling.number : undefined)
  return to === undefined ? undefined : { to, spoken: isSpokenTo(to) }
}

/** Where telephone numbers are kept: sealed, and found again by a keyed hash (P8.1). */
export interface LineVault {
  fingerprint(calling: CallingNumber): Uint8Array<ArrayBuffer>
  /** Keeps a line that its telco knows, with what the telco has just said of it. */
  keep(
    calling: CallingNumber,
    answer: Exclude<TelcoAnswer, { kind: 'no-answer' }>,
    subscriber?: Subscriber,
  ): Promise<OpenedLine>
  open(lineId: Uuid): Promise<OpenedLine | undefined>
  /** Seals a batch of lines again with the key in use; zero when none is left under an older one. */
  rotateKeys(batch: number): Promise<number>
}

/** Of age in the country of the telcos; until that birthday a line is a minor's. */
const OF_AGE_YEARS = 19

/** The number of a line from its row. Never log it. */
export function openLineNumber(vault: Vault, id: Uuid, sealed: Sealed): string {
  return vault.open({ kind: 'phone-line', ownerId: id, id }, sealed)
}

export function createLineVault({
  database,
  clock,
  vault,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
}): LineVault {
  const fingerprint = (calling: CallingNumber) => vault.fingerprint(lineName(calling))
  const binding = (kind: 'phone-line' | 'phone-notify', id: Uuid) => ({ kind, ownerId: id, id })

  function opened(row: LineRow): OpenedLine {
    const { id, masked, system, sealed_number: sealedNumber, sealed_notify: sealedNotify, key_id: keyId } = row
    const number = openLineNumber(vault, id, { sealedNumber, keyId })
    const notify = sealedNotify && vault.open(binding('phone-notify', id), { sealedNumber: sealedNotify, keyId })
    const kind = row.kind === 'line' ? 'line' : 'calling-card'
    return { id, masked, system, calling: { kind, number }, ...(notify ? { notify } : {}) }
  }

  async function open(lineId: Uuid): Promise<OpenedLine | undefined> {
    const row = await findLine(database.pool, lineId)
    return row && opened(row)
  }

  return {
    fingerprint,
    open,
    async rotateKeys(batch) {
      const rows = await findLinesSealedByOthers(database.pool, vault.keyId, batch)
      for (const row of rows) {
        const { id, calling, notify } = opened(row)
        await replaceSealedLine(database.pool, row, {
          number: vault.seal(binding('phone-line', id), calling.number).sealedNumber,
          notify: notify ? vault.seal(binding('phone-notify', id), notify).sealedNumber : null,
          keyId: vault.keyId,
        })
      }
      return rows.length
    },
    async keep(calling, answer, subscriber) {
      const at = clock.now()
      const known = await findLineId(database.pool, fingerprint(calling))
      const id = known ?? uuidAt(at)
      const before = known ? await open(known) : undefined
      const told = answer.kind === 'approved' ? answer : undefined
      // A refusal says nothing of where messages go, so what was known stays.
      const notify = told ? told.notify : before?.notify
      const written = await putLine(database.pool, {
        id,
        at,
        fingerprint: fingerprint(calling),
        kind: calling.kind,
        keyId: vault.keyId,
        sealedNumber: vault.seal(binding('phone-line', id), calling.number).sealedNumber,
        sealedNotify: notify ? vault.seal(binding('phone-notify', id), notify).sealedNumber : null,
        masked: maskNumber(calling.number),
        system: answer.system,
        lineKind: told?.lineKind ?? null,
        subscriberRef: told?.subscriberRef ?? null,
        monthlyCap: told?.monthlyCap ?? null,
        // Only a date of birth that the telco has confirmed says something.
        minorUntil: told && subscriber ? cameOfAge(subscriber.birthDate) : null,
      })
      if (written) {
        return { id, calling, masked: maskNumber(calling.number), system: answer.system, ...(notify ? { notify } : {}) }
      }
      const theirs = await findLineId(database.pool, fingerprint(calling))
      const line = theirs && (await open(theirs))
      invariant(line, 'a line that another has just written is there')
      return line
    },
  }
}

/** The birthday on which somebody comes of age, YYYY-MM-DD; those born on 29 February do so on 1 March. */
function cameOfAge(birthDate: string): string {
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number)
  return new Date(Date.UTC(year + OF_AGE_YEARS, month - 1, day)).toISOString().slice(0, 10)
}
