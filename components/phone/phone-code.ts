import type { DeclineReason } from '@/lib/payments/decline-reason'
import { countdown } from '../checkout/time-left'
import { fill } from '../i18n/fill'
import type { Seal } from '../sealing/use-seal'
import { noCode } from './code-state'
import type { CodeState } from './code-state'
import type { CodeActions, PhoneWords, SentCode } from './phone-view'

export interface PhoneCode extends CodeState {
  /** Asks for a code for what was typed. */
  send(calling: Readonly<Record<string, unknown>>): Promise<void>
  type(text: string): void
  /** Another line or amount: what was sent is worth nothing any more. */
  forget(): void
}

export interface CodeParts {
  readonly sealing: Pick<Seal, 'seal' | 'adopt'>
  readonly actions: CodeActions
  readonly words: PhoneWords
  readonly decline: Readonly<Record<DeclineReason, string>>
}

const DIGITS = 6

/** One code at a time: sent, typed, checked. The number and the code leave the browser encrypted only. */
export function phoneCode(
  state: CodeState,
  setState: (change: (now: CodeState) => CodeState) => void,
  { sealing, actions, words, decline }: CodeParts,
): PhoneCode {
  const change = (changes: Partial<CodeState>) => setState((now) => ({ ...now, ...changes }))

  async function send(calling: Readonly<Record<string, unknown>>) {
    change({ busy: 'sending', fault: undefined })
    try {
      const answer = await actions.send(await sealing.seal(calling))
      sealing.adopt(answer.offer)
      switch (answer.kind) {
        case 'sent':
          setState(() => ({ ...noCode, sent: answer }))
          break
        case 'too-many': {
          const time = countdown(answer.retryAt.getTime() - answer.now.getTime())
          change({ busy: undefined, fault: fill(words.fault['too-many'], { time }) })
          break
        }
        case 'refused':
          change({ busy: undefined, fault: words.fault[answer.fault] })
      }
    } catch {
      change({ busy: undefined, fault: words.fault.failed })
    }
  }

  async function check({ codeId, proofId }: SentCode, code: string) {
    change({ busy: 'checking' })
    try {
      const answer = await actions.check(await sealing.seal({ codeId, code, ...(proofId && { proofId }) }))
      sealing.adopt(answer.offer)
      if (answer.kind === 'proven') {
        change({ busy: undefined, proof: answer.room ? { room: answer.room } : {} })
      } else if (answer.kind === 'refused') {
        change({ busy: undefined, digits: '', fault: words.fault[answer.fault] })
      } else {
        const tries = answer.triesLeft ? ` ${fill(words.tries, { count: answer.triesLeft })}` : ''
        const isOver = answer.reason === 'too-many-tries'
        change({ busy: undefined, digits: '', isOver, fault: decline[answer.reason] + tries })
      }
    } catch {
      change({ busy: undefined, digits: '', fault: words.fault.failed })
    }
  }

  return {
    ...state,
    send,
    type(text) {
      const digits = text.replace(/[^0-9]/g, '').slice(0, DIGITS)
      change({ digits, fault: undefined })
      if (digits.length === DIGITS && state.sent) void check(state.sent, digits)
    },
    forget: () => setState(() => noCode),
  }
}
