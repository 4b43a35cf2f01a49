/** The files of one user of the SFTP server, in memory: two folders, and what is in them. */

export interface ShelvedFile {
  readonly bytes: Buffer
  readonly at: Date
}

export class Shelf {
  private readonly files = new Map<string, ShelvedFile>()

  put(path: string, content: string | Buffer): void {
    this.files.set(path, { bytes: Buffer.from(content), at: new Date() })
  }

  get(path: string): ShelvedFile | undefined {
    return this.files.get(path)
  }

  /** False when there is nothing to move, or something stands where it should go. */
  move(from: string, to: string): boolean {
    const file = this.files.get(from)
    if (!file || this.files.has(to)) return false
    this.files.delete(from)
    this.files.set(to, file)
    return true
  }

  remove(path: string): boolean {
    return this.files.delete(path)
  }

  /** Names of what is directly in a folder. */
  list(folder: string): { readonly name: string; readonly file: ShelvedFile }[] {
    const before = folder === '/' ? '/' : `${folder}/`
    return [...this.files]
      .filter(([path]) => path.startsWith(before) && !path.slice(before.length).includes('/'))
      .map(([path, file]) => ({ name: path.slice(before.length), file }))
  }

  clear(): void {
    this.files.clear()
  }
}
