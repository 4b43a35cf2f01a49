import type { Room, SentCode } from './phone-view'

/** How far a code has come. Kept apart from what is done with it, which is fetched only when a line is named. */
export interface CodeState {
  /** The code that counts; undefined before one was sent. */
  readonly sent: SentCode | undefined
  readonly digits: string
  /** Set once the right code was typed. */
  readonly proof: { readonly room?: Room } | undefined
  /** In words, what is wrong. */
  readonly fault: string | undefined
  readonly busy: 'sending' | 'checking' | undefined
  /** Too many were wrong: there is no use in typing another. */
  readonly isOver: boolean
}

export const noCode: CodeState = {
  sent: undefined,
  digits: '',
  proof: undefined,
  fault: undefined,
  busy: undefined,
  isOver: false,
}
