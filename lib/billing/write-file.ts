import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Sealed } from '../cards/vault'
import type { Uuid } from '../ids'
import { invariant } from '../invariant'
import type { BillingFile, BillingRecord } from './file-store'
import { detailLine, headerLine, trailerLine } from './files/charging-lines'
import { BrokenFile } from './files/layout'
import { readChargingFile } from './files/read-charging-file'

/** What a file is made of: its records in order, after one of them; and the number of each line. */
export interface FileSource {
  recordsAfter(record: number): Promise<readonly BillingRecord[]>
  numberOf(lineId: Uuid, sealed: Sealed): string
}

/**
 * Writes a file's copy of record below a folder (M-30): whole and on the disk when this returns, or not under its name.
 * Memory stays the same whatever its length. The same file, written anew, has the same bytes.
 *
 * @returns its checksum, as its trailer has it
 */
export async function writeCopy(folder: string, file: BillingFile, source: FileSource): Promise<string> {
  const place = path.join(folder, file.centre)
  await mkdir(place, { recursive: true, mode: 0o700 })
  await removeParts(place, file.name)
  // A writer that has lost its place to another without knowing it writes into a file of its own.
  const part = path.join(place, `${file.name}.${randomBytes(6).toString('hex')}.part`)
  const handle = await open(part, 'wx', 0o600)
  let sha256: string
  try {
    sha256 = await writeLines(handle, file, source)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, path.join(place, file.name))
  await syncFolder(place)
  return sha256
}

/** Where the copy of record is. */
export function copyOf(folder: string, { centre, name }: BillingFile): string {
  return path.join(folder, centre, name)
}

/** Whether the copy of record is there and what it was when it was written, to the byte. */
export async function copyIsWhole(folder: string, file: BillingFile): Promise<boolean> {
  try {
    const { header, trailer } = await readChargingFile(createReadStream(copyOf(folder, file)))
    return header.sequence === file.sequence && trailer.sha256 === file.sha256
  } catch (error) {
    if (error instanceof BrokenFile || (error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      return false
    throw error
  }
}

async function writeLines(handle: FileHandle, file: BillingFile, source: FileSource): Promise<string> {
  const hash = createHash('sha256')
  const put = async (lines: string) => {
    const bytes = Buffer.from(lines)
    hash.update(bytes)
    await handle.writeFile(bytes)
  }
  await put(`${headerOf(file)}\n`)
  const sums = { charge: 0n, credit: 0n }
  let details = 0
  for (let page = await source.recordsAfter(0); page.length > 0; page = await source.recordsAfter(details)) {
    let lines = ''
    for (const record of page) {
      invariant(record.record === ++details, 'the records of a file are numbered without gaps')
      sums[record.kind] += record.amount
      lines += `${lineOf(record, source)}\n`
    }
    await put(lines)
  }
  const agrees = details === file.details && sums.charge === file.charges && sums.credit === file.credits
  invariant(agrees, 'a file has the records that were claimed for it')
  const sha256 = hash.digest('hex')
  await handle.writeFile(`${trailerLine({ details, charges: sums.charge, credits: sums.credit, sha256 })}\n`)
  return sha256
}

function headerOf({ gatewayId, centre, sequence, periodStart, periodEnd, created, currency, replaces }: BillingFile) {
  return headerLine({
    ...{ gatewayId, centre, sequence, periodStart, periodEnd, createdAt: created, currency },
    ...(replaces === null ? {} : { replaces }),
  })
}

function lineOf(record: BillingRecord, { numberOf }: FileSource): string {
  const { lineId, sealedNumber, keyId, merchantId, paymentId, purchased, originalSequence, originalRecord } = record
  return detailLine({
    ...{ record: record.record, kind: record.kind, subscriberRef: record.subscriberRef, amount: record.amount },
    calling: numberOf(lineId, { sealedNumber, keyId }),
    tid: paymentId,
    purchasedAt: purchased,
    // The last twelve digits are the random ones.
    merchant: merchantId.slice(-12),
    original: { sequence: originalSequence, record: originalRecord },
    description: record.description,
  })
}

/** What writers that died left behind. */
async function removeParts(place: string, name: string): Promise<void> {
  const left = (await readdir(place)).filter((each) => each.startsWith(`${name}.`) && each.endsWith('.part'))
  await Promise.all(left.map((each) => rm(path.join(place, each), { force: true })))
}

/** Without this the name may be gone after a power cut although the bytes are there. */
async function syncFolder(place: string): Promise<void> {
  const folder = await open(place, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
