import { basename } from 'node:path'
import type { LinkMessage, LinkName, LinkObserver } from '../link-observer'
import type { FileLinks, FileSession } from './file-link'

/** The same links, which tell an observer of every file that goes and comes. Files are named, not repeated. */
export function observedFileLinks(link: LinkName, links: FileLinks, observe: LinkObserver): FileLinks {
  return {
    ...links,
    async within(code, work) {
      const connecting = begin(code, 'connect', code)
      let isConnected = false
      const heard = await links.within(code, (session) => {
        isConnected = true
        connecting('approved')
        return work(observedSession(code, session))
      })
      if (!isConnected) connecting('no-answer', heard.kind === 'no-answer' ? heard.why : undefined)
      return heard
    },
  }

  /** Tells that something is asked; what comes back is told of by calling the answer. */
  function begin(system: string, operation: string, correlation: string) {
    const message = { link, system, operation, correlation } as const
    const begunAt = performance.now()
    observe({ ...message, direction: 'out' })
    return (result: 'approved' | 'no-answer', body?: string) =>
      observe({
        ...message,
        ...{ direction: 'in', result, durationMs: performance.now() - begunAt },
        ...(body !== undefined && { body: () => body }),
      } satisfies LinkMessage)
  }

  async function told<Value>(
    tell: ReturnType<typeof begin>,
    asked: Promise<Value>,
    bodyOf: (value: Value) => string | undefined,
  ): Promise<Value> {
    try {
      const value = await asked
      tell('approved', bodyOf(value))
      return value
    } catch (error) {
      tell('no-answer', error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  function observedSession(code: string, session: FileSession): FileSession {
    return {
      deliver: (name, localPath) =>
        told(begin(code, 'deliver', name), session.deliver(name, localPath), () => basename(localPath)),
      results: () =>
        told(begin(code, 'list', code), session.results(), (files) => files.map(({ name }) => name).join(' ')),
      read: (name, most) =>
        told(begin(code, 'read', name), session.read(name, most), (text) => `${Buffer.byteLength(text)} bytes`),
      stream(name) {
        const tell = begin(code, 'read', name)
        const bytes = session.stream(name)
        bytes.once('end', () => tell('approved'))
        bytes.once('error', (error) => tell('no-answer', error.message))
        return bytes
      },
    }
  }
}
