/** The SFTP server of billing centres and banks: each is a user with two folders of its own. */
import { generateKeyPairSync } from 'node:crypto'
import type { AddressInfo, Socket } from 'node:net'
import path from 'node:path'
import ssh2, { type Attributes, type AuthContext, type Connection, type SFTPWrapper } from 'ssh2'
import type { Shelf, ShelvedFile } from './shelf'

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp
const LONGEST_READ = 256 * 1024
/** How much of a file has come in when a switch cuts the line. */
const CUT_AFTER_BYTES = 100

/** down: no connection. cut: the line goes dead while a file comes in. stall: it stays, and nothing is heard any more. */
export type LineFault = 'down' | 'cut' | 'stall'

/** Somebody with whom files are exchanged. */
export interface SftpUser {
  readonly name: string
  readonly password: string
  readonly shelf: Shelf
  /** Where the gateway puts files, and where it finds some. */
  readonly folders: { readonly takes: string; readonly gives: string }
  /** Whether the line is to fail in this way now, counted as used. */
  fails(how: LineFault): boolean
  /** A file has come in whole under its own name. */
  receive(name: string, content: Buffer): void
}

export interface SftpServer {
  readonly port: number
  close(): Promise<void>
}

export async function startSftpServer(users: readonly SftpUser[], port: number): Promise<SftpServer> {
  // Node's own: now and then the library cannot read an Ed25519 key that it has made itself.
  const { privateKey: hostKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const connections = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
    connections.add(client)
    let user: SftpUser | undefined
    client.on('authentication', (context) => {
      user = users.find((each) => knows(each, context))
      if (!user) return context.reject(['password'])
      // One that is down takes no connection; the line simply goes dead.
      if (user.fails('down')) return void client.end()
      context.accept()
    })
    client.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => {
        if (user) serve(acceptSftp(), user, () => cut(client))
      })
    })
    // Whoever breaks off is no concern of the server's.
    client.on('error', () => undefined)
    client.on('close', () => connections.delete(client))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const client of connections) cut(client)
      await closed
    },
  }
}

function knows({ name, password }: SftpUser, context: AuthContext): boolean {
  return context.method === 'password' && context.username === name && context.password === password
}

/** Without a word, as a cable that is pulled. */
function cut(client: Connection): void {
  const { _sock: socket } = client as Connection & { _sock?: Socket }
  socket?.destroy()
}

type Handle =
  | { kind: 'read'; file: ShelvedFile }
  | { kind: 'write'; path: string; bytes: Buffer; length: number }
  | { kind: 'list'; path: string; done: boolean }

/** Answers the requests of one session. */
function serve(sftp: SFTPWrapper, user: SftpUser, cutLine: () => void): void {
  const { shelf, folders } = user
  const known = ['/', folders.takes, folders.gives]
  const handles = new Map<number, Handle>()
  let nextHandle = 0
  const open = (handle: Handle): Buffer => {
    const name = Buffer.alloc(4)
    name.writeUInt32BE(nextHandle)
    handles.set(nextHandle++, handle)
    return name
  }
  const find = (name: Buffer) => (name.length === 4 ? handles.get(name.readUInt32BE()) : undefined)
  const say = (id: number, code: number) => sftp.status(id, code)
  const at = (asked: string) => path.posix.resolve('/', asked)

  sftp.on('REALPATH', (id, asked) => {
    const filename = at(asked)
    sftp.name(id, [{ filename, longname: filename, attrs: FOLDER }])
  })
  const stat = (id: number, asked: string) => {
    const file = shelf.get(at(asked))
    if (file) return sftp.attrs(id, attributesOf(file))
    return known.includes(at(asked)) ? sftp.attrs(id, FOLDER) : say(id, STATUS_CODE.NO_SUCH_FILE)
  }
  sftp.on('STAT', stat)
  sftp.on('LSTAT', stat)
  sftp.on('FSTAT', (id, name) => {
    const handle = find(name)
    return handle?.kind === 'read' ? sftp.attrs(id, attributesOf(handle.file)) : say(id, STATUS_CODE.FAILURE)
  })
  sftp.on('SETSTAT', (id) => say(id, STATUS_CODE.OK))
  sftp.on('FSETSTAT', (id) => say(id, STATUS_CODE.OK))

  sftp.on('OPENDIR', (id, asked) =>
    known.includes(at(asked))
      ? sftp.handle(id, open({ kind: 'list', path: at(asked), done: false }))
      : say(id, STATUS_CODE.NO_SUCH_FILE),
  )
  sftp.on('READDIR', (id, name) => {
    const handle = find(name)
    if (handle?.kind !== 'list') return say(id, STATUS_CODE.FAILURE)
    const listed = shelf.list(handle.path)
    if (handle.done || listed.length === 0) return say(id, STATUS_CODE.EOF)
    handle.done = true
    return sftp.name(
      id,
      listed.map(({ name: filename, file }) => ({
        filename,
        longname: `-rw-r--r-- 1 moa moa ${file.bytes.length} ${filename}`,
        attrs: attributesOf(file),
      })),
    )
  })

  sftp.on('OPEN', (id, asked, flags) => {
    const file = shelf.get(at(asked))
    if (flags & OPEN_MODE.WRITE) {
      if (path.posix.dirname(at(asked)) !== folders.takes) return say(id, STATUS_CODE.PERMISSION_DENIED)
      return sftp.handle(id, open({ kind: 'write', path: at(asked), bytes: Buffer.alloc(65_536), length: 0 }))
    }
    return file ? sftp.handle(id, open({ kind: 'read', file })) : say(id, STATUS_CODE.NO_SUCH_FILE)
  })
  sftp.on('WRITE', (id, name, offset, data) => {
    const handle = find(name)
    if (handle?.kind !== 'write') return say(id, STATUS_CODE.FAILURE)
    if (handle.length + data.length > CUT_AFTER_BYTES && user.fails('cut')) {
      shelf.put(handle.path, data.subarray(0, CUT_AFTER_BYTES))
      return cutLine()
    }
    if (user.fails('stall')) return undefined
    write(handle, offset, data)
    return say(id, STATUS_CODE.OK)
  })
  sftp.on('READ', (id, name, offset, length) => {
    const handle = find(name)
    if (handle?.kind !== 'read') return say(id, STATUS_CODE.FAILURE)
    if (offset >= handle.file.bytes.length) return say(id, STATUS_CODE.EOF)
    return sftp.data(id, handle.file.bytes.subarray(offset, offset + Math.min(length, LONGEST_READ)))
  })
  sftp.on('CLOSE', (id, name) => {
    const handle = find(name)
    if (!handle) return say(id, STATUS_CODE.FAILURE)
    handles.delete(name.readUInt32BE())
    if (handle.kind === 'write') keep(handle.path, handle.bytes.subarray(0, handle.length))
    return say(id, STATUS_CODE.OK)
  })
  sftp.on('RENAME', (id, from, to) => {
    if (!shelf.move(at(from), at(to))) return say(id, STATUS_CODE.FAILURE)
    const moved = shelf.get(at(to))
    if (moved) noticed(at(to), moved.bytes)
    return say(id, STATUS_CODE.OK)
  })
  sftp.on('REMOVE', (id, asked) => say(id, shelf.remove(at(asked)) ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE))

  function keep(target: string, bytes: Buffer): void {
    shelf.put(target, bytes)
    noticed(target, bytes)
  }

  /** A file counts once it has its own name: what is on its way is called .part. */
  function noticed(target: string, bytes: Buffer): void {
    if (!target.endsWith('.part')) user.receive(path.posix.basename(target), Buffer.from(bytes))
  }
}

function write(handle: Extract<Handle, { kind: 'write' }>, offset: number, data: Buffer): void {
  const end = offset + data.length
  if (end > handle.bytes.length) {
    const larger = Buffer.alloc(Math.max(end, handle.bytes.length * 2))
    handle.bytes.copy(larger, 0, 0, handle.length)
    handle.bytes = larger
  }
  data.copy(handle.bytes, offset)
  handle.length = Math.max(handle.length, end)
}

const FOLDER: Attributes = { mode: 0o040755, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 }

function attributesOf({ bytes, at }: ShelvedFile): Attributes {
  const seconds = Math.floor(at.getTime() / 1000)
  return { mode: 0o100644, uid: 0, gid: 0, size: bytes.length, atime: seconds, mtime: seconds }
}
