import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { PassThrough, type Readable } from 'node:stream'
import SftpClient from 'ssh2-sftp-client'
import type { Clock } from '../../clock'
import { invariant } from '../../invariant'
import { type FileLinks, type FileLinkSettings, type FileLinkState, type FileSession, LinkBroken } from './file-link'

/** A system that has not shaken hands by then is away. */
const CONNECT_MS = 10_000
/** No answer to a request, or no progress of a transfer, for this long: the link is taken for broken. */
const SILENCE_MS = 20_000
const KEEP_ALIVE = { keepaliveInterval: 5_000, keepaliveCountMax: 3 }

/** Systems reached over SFTP: one connection a session, none kept open between the runs of a job. */
export function connectFileLinks(
  systems: readonly FileLinkSettings[],
  { clock, silenceMs = SILENCE_MS }: { clock: Clock; silenceMs?: number },
): FileLinks {
  const known = new Map(
    systems.map((settings) => [
      settings.code,
      {
        settings,
        state: 'unknown' as FileLinkState['state'],
        lastAnswerAt: undefined as Date | undefined,
        broken: 0,
      },
    ]),
  )

  return {
    async within(code, work) {
      const system = known.get(code)
      invariant(system, `there is no link for files to ${code}`)
      const client = new SftpClient(code, { error: () => undefined, end: () => undefined, close: () => undefined })
      try {
        await linked(client.connect(connectionOf(system.settings, Math.min(CONNECT_MS, silenceMs))))
        const value = await work(sessionOver(client, system.settings, silenceMs))
        system.state = 'up'
        system.lastAnswerAt = clock.now()
        return { kind: 'heard', value }
      } catch (error) {
        if (!(error instanceof LinkBroken)) throw error
        system.state = 'down'
        system.broken += 1
        return { kind: 'no-answer', why: error.message }
      } finally {
        await client.end().catch(() => undefined)
      }
    },
    states: () =>
      [...known.values()].map(({ settings: { code }, state, lastAnswerAt, broken }) => ({
        code,
        state,
        lastAnswerAt,
        broken,
      })),
  }
}

function connectionOf({ host, port, user, password, privateKey, hostKey }: FileLinkSettings, readyTimeout: number) {
  return {
    ...{ host, port, username: user, readyTimeout, ...KEEP_ALIVE },
    ...(password === undefined ? {} : { password }),
    ...(privateKey === undefined ? {} : { privateKey }),
    // Files go to nobody who only listens at the right address.
    ...(hostKey === undefined ? {} : { hostVerifier: (key: Buffer) => fingerprintOf(key) === hostKey }),
  }
}

/** As ssh-keygen -l shows it. */
function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

function sessionOver(client: SftpClient, { folders }: FileLinkSettings, silenceMs: number): FileSession {
  const answered = <Value>(asked: Promise<Value>) => linked(withinSilence(asked, silenceMs))
  const stream = (name: string) => watched(client.createReadStream(`${folders.incoming}/${name}`), silenceMs)

  async function sizeOf(remote: string): Promise<number | undefined> {
    return (await answered(client.exists(remote))) ? (await answered(client.stat(remote))).size : undefined
  }

  return {
    async deliver(name, localPath) {
      const { size } = await stat(localPath)
      const remote = `${folders.outgoing}/${name}`
      const there = await sizeOf(remote)
      if (there === size) return
      if (there !== undefined) throw new LinkBroken(`${name} is there with ${there} bytes instead of ${size}`)
      const part = `${remote}.part`
      await upload(client, localPath, part, silenceMs)
      const arrived = await sizeOf(part)
      if (arrived !== size) throw new LinkBroken(`${arrived ?? 0} of ${size} bytes of ${name} arrived`)
      await answered(client.rename(part, remote))
    },
    async results() {
      const found = await answered(client.list(folders.incoming))
      return found
        .filter(({ type }) => type === '-')
        .map(({ name, size, modifyTime }) => ({ name, size, stamp: `${size}:${modifyTime}` }))
    },
    async read(name, most) {
      const pieces: Buffer[] = []
      let size = 0
      for await (const piece of stream(name) as AsyncIterable<Buffer>) {
        size += piece.length
        if (size > most) throw new LinkBroken(`${name} is longer than ${most} bytes`)
        pieces.push(piece)
      }
      return Buffer.concat(pieces).toString('utf8')
    },
    stream,
  }
}

async function upload(client: SftpClient, localPath: string, part: string, silenceMs: number): Promise<void> {
  const source = watched(createReadStream(localPath), silenceMs)
  try {
    // A client whose connection is cut in the middle may never say so; the source, which nobody reads any more, does.
    const gaveUp = new Promise<never>((_, reject) => source.once('error', reject))
    await linked(Promise.race([client.put(source, part), gaveUp]))
  } finally {
    source.destroy()
  }
}

/** The same bytes, until they stop coming, or going, for too long. */
function watched(source: Readable, silenceMs: number): Readable {
  const through = new PassThrough()
  const give = (error: Error) => void through.destroy(new LinkBroken(error.message))
  const timer = setTimeout(() => give(new Error('no progress')), silenceMs)
  source.on('data', () => timer.refresh())
  source.once('error', give)
  through.once('close', () => {
    clearTimeout(timer)
    source.destroy()
  })
  return source.pipe(through)
}

async function withinSilence<Value>(asked: Promise<Value>, silenceMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), silenceMs)
  })
  try {
    return await Promise.race([asked, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

/** Whatever fails on the link leaves us without an answer. */
async function linked<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked
  } catch (error) {
    throw error instanceof LinkBroken ? error : new LinkBroken(error instanceof Error ? error.message : String(error))
  }
}
