/**
 * An append-only file of lines, written in batches: whatever is appended while one write is under way goes out with the
 * next. What has been reported as written is with the operating system and survives the death of this process.
 */
import fs from 'node:fs'
import path from 'node:path'

const NEWLINE = 10

export class Journal {
  private waitingLines = ''
  private waitingCallbacks: (() => void)[] = []
  private writing = false

  private constructor(private readonly file: number) {}

  /** Opens or creates a journal; a last line that a killed process left unfinished is cut off. */
  static open(name: string): { journal: Journal; lines: string[] } {
    fs.mkdirSync(path.dirname(name), { recursive: true, mode: 0o700 })
    const bytes = fs.existsSync(name) ? fs.readFileSync(name) : Buffer.alloc(0)
    const lines: string[] = []
    let at = 0
    // Line by line: a whole journal can be longer than a string may be.
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      lines.push(bytes.toString('utf8', at, end))
      at = end + 1
    }
    if (at < bytes.length) fs.truncateSync(name, at)
    const file = fs.openSync(name, 'a', 0o600)
    return { journal: new Journal(file), lines }
  }

  append(line: string): void {
    this.waitingLines += `${line}\n`
    this.writeSoon()
  }

  /** Calls back once everything appended so far is written: at once when it is already. */
  whenWritten(callback: () => void): void {
    if (!this.writing && this.waitingLines === '') callback()
    else this.waitingCallbacks.push(callback)
  }

  /** Empties the file. Nothing may be appended until it has. */
  async clear(): Promise<void> {
    await new Promise<void>((resolve) => this.whenWritten(resolve))
    fs.ftruncateSync(this.file, 0)
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.whenWritten(resolve))
    fs.closeSync(this.file)
  }

  private writeSoon(): void {
    if (this.writing) return
    this.writing = true
    // Everything that arrives in this turn of the event loop shares one write.
    setImmediate(() => this.write())
  }

  private write(): void {
    const bytes = Buffer.from(this.waitingLines)
    const callbacks = this.waitingCallbacks
    this.waitingLines = ''
    this.waitingCallbacks = []
    this.writeAll(bytes, () => {
      this.writing = false
      // Whoever asked during the write without adding a line has nothing more to wait for.
      if (this.waitingLines === '') callbacks.push(...this.waitingCallbacks.splice(0))
      else this.writeSoon()
      for (const callback of callbacks) callback()
    })
  }

  private writeAll(bytes: Buffer, done: () => void): void {
    fs.write(this.file, bytes, (error, written) => {
      // An issuer that cannot write its books must not go on answering.
      if (error) throw error
      if (written < bytes.length) this.writeAll(bytes.subarray(written), done)
      else done()
    })
  }
}
