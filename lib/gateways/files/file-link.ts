import type { Readable } from 'node:stream'

/** A file that an outside system has put out for us. */
export interface RemoteFile {
  readonly name: string
  readonly size: number
  /** Changes whenever the file does. */
  readonly stamp: string
}

/** What can be done while connected to one system. Every method throws LinkBroken when the link does. */
export interface FileSession {
  /** Puts a file there under its name, whole or not at all; one that is there already is left as it is. */
  deliver(name: string, localPath: string): Promise<void>
  /** The files for us that are there now. */
  results(): Promise<readonly RemoteFile[]>
  /** The whole of a file, which must be small: at most so many bytes. */
  read(name: string, most: number): Promise<string>
  /** A file in pieces, whatever its length. */
  stream(name: string): Readable
}

/** The link failed: nothing is known of what was under way. */
export class LinkBroken extends Error {
  override name = 'LinkBroken'
}

/** What a system said; no-answer is neither a yes nor a no. */
export type Heard<Value> = { kind: 'heard'; value: Value } | { kind: 'no-answer'; why: string }

/** How the link to one system stands, for operators. */
export interface FileLinkState {
  readonly code: string
  /** unknown: not asked since the start. */
  readonly state: 'up' | 'down' | 'unknown'
  readonly lastAnswerAt: Date | undefined
  /** Sessions since the start that broke. */
  readonly broken: number
}

/** Systems with which files are exchanged through two folders, one for each direction. */
export interface FileLinks {
  /** Connects, does the work, disconnects. What the work itself throws is thrown on; a broken link is no answer. */
  within<Value>(system: string, work: (session: FileSession) => Promise<Value>): Promise<Heard<Value>>
  states(): FileLinkState[]
}

/** Where a system's SFTP server is, and how it is entered. */
export interface FileLinkSettings {
  readonly code: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string | undefined
  /** A private key in PEM or OpenSSH form, in place of a password. */
  readonly privateKey?: string | undefined
  /** SHA-256 of the server's public key as ssh-keygen -l shows it: SHA256:… */
  readonly hostKey?: string | undefined
  /** Where our files go, and where the system's are found. */
  readonly folders: { readonly outgoing: string; readonly incoming: string }
}
