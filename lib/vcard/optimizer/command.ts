import type { Readable, Writable } from 'node:stream'
import type { Issue } from './invalid-instance'
import { InvalidInstance } from './invalid-instance'
import { optimize } from './optimize'
import { instanceId } from './parse-instance'
import { readLines } from './read-lines'
import type { Result } from './result'

/** What is written, on one line, in place of a result. */
export interface ErrorDocument {
  readonly error: {
    readonly code: 'INVALID_JSON' | 'INVALID_INSTANCE'
    readonly message: string
    /** Batch mode: line of the input, from 1. */
    readonly line?: number
    readonly id?: string
    readonly issues: readonly Issue[]
  }
}

export interface Streams {
  readonly input: Readable
  readonly output: Writable
  readonly errors: Writable
}

/** Exit code when any input was invalid. */
const INVALID = 2

/**
 * The command `optimize`: one instance from the input to one result on the output, or with `--batch` one a line. In
 * batch mode every line is answered before the next is awaited, an invalid one by its error document.
 *
 * @returns the exit code: 0, or 2 when any input was invalid
 */
export async function optimizeCommand(args: readonly string[], streams: Streams): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--batch')
  if (unknown.length > 0) {
    await write(streams.errors, `unknown argument: ${unknown.join(' ')}\nusage: optimize [--batch] < instances\n`)
    return INVALID
  }
  return args.includes('--batch') ? answerLines(streams) : answerOne(streams)
}

async function answerOne({ input, output, errors }: Streams): Promise<number> {
  const chunks: Buffer[] = []
  for await (const chunk of input) chunks.push(Buffer.from(chunk as Uint8Array))
  const answer = answerTo(Buffer.concat(chunks))
  await write('error' in answer ? errors : output, `${JSON.stringify(answer)}\n`)
  return 'error' in answer ? INVALID : 0
}

async function answerLines({ input, output, errors }: Streams): Promise<number> {
  let code = 0
  for await (const { bytes, line } of readLines(input)) {
    if (bytes.toString('latin1').trim() === '') continue
    const answer = answerTo(bytes, line)
    const document = `${JSON.stringify(answer)}\n`
    await write(output, document)
    if ('error' in answer) {
      await write(errors, document)
      code = INVALID
    }
  }
  return code
}

function answerTo(bytes: Uint8Array, line?: number): Result | ErrorDocument {
  const at = line === undefined ? {} : { line }
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { error: { code: 'INVALID_JSON', message: 'The input is not a JSON document in UTF-8.', ...at, issues: [] } }
  }
  try {
    return optimize(value)
  } catch (error) {
    if (!(error instanceof InvalidInstance)) throw error
    const id = instanceId(value)
    const name = id === undefined ? {} : { id }
    return { error: { code: 'INVALID_INSTANCE', message: error.message, ...at, ...name, issues: error.issues } }
  }
}

/** Resolves when the stream has taken the text to where it goes. */
function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()))
  })
}
