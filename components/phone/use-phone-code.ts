'use client'

import { useState } from 'react'
import type { DeclineReason } from '@/lib/payments/decline-reason'
import { countdown } from '../checkout/time-left'
import { fill } from '../i18n/fill'
import type { Seal } from '../sealing/use-seal'
import type { CodeActions, PhoneWords, Room, SentCode } from './phone-view'

export interface PhoneCode {
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
  /** Asks for a code for what was typed. */
  send(calling: Readonly<Record<string, unknown>>): Promise<void>
  type(text: string): void
  /** Another line or amount: what was sent is worth nothing any more. */
  forget(): void
}

interface Parts {
  readonly sealing: Pick<Seal, 'seal' | 'adopt'>
  readonly actions: CodeActions
  readonly words: PhoneWords
  readonly decline: Readonly<Record<DeclineReason, string>>
}

const DIGITS = 6

/** One code at a time: sent, typed, checked. The number and the code leave the browser encrypted only. */
export function usePhoneCode({ sealing, actions, words, decline }: Parts): PhoneCode {
  const [sent, setSent] = useState<SentCode>()
  const [digits, setDigits] = useState('')
  const [proof, setProof] = useState<PhoneCode['proof']>()
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState<PhoneCode['busy']>()
  const [isOver, setOver] = useState(false)

  async function send(calling: Readonly<Record<string, unknown>>) {
    setBusy('sending')
    setFault(undefined)
    try {
      const answer = await actions.send(await sealing.seal(calling))
      sealing.adopt(answer.offer)
      switch (answer.kind) {
        case 'sent':
          setSent(answer)
          setDigits('')
          setProof(undefined)
          break
        case 'too-many': {
          const time = countdown(answer.retryAt.getTime() - answer.now.getTime())
          setFault(fill(words.fault['too-many'], { time }))
          break
        }
        case 'refused':
          setFault(words.fault[answer.fault])
      }
    } catch {
      setFault(words.fault.failed)
    } finally {
      setBusy(undefined)
    }
  }

  async function check({ codeId, proofId }: SentCode, code: string) {
    setBusy('checking')
    try {
      const answer = await actions.check(await sealing.seal({ codeId, code, ...(proofId && { proofId }) }))
      sealing.adopt(answer.offer)
      if (answer.kind === 'proven') return setProof(answer.room ? { room: answer.room } : {})
      setDigits('')
      if (answer.kind === 'refused') return setFault(words.fault[answer.fault])
      setOver(answer.reason === 'too-many-tries')
      const tries = answer.triesLeft ? ` ${fill(words.tries, { count: answer.triesLeft })}` : ''
      setFault(decline[answer.reason] + tries)
    } catch {
      setDigits('')
      setFault(words.fault.failed)
    } finally {
      setBusy(undefined)
    }
  }

  return {
    ...{ sent, digits, proof, fault, busy, isOver, send },
    type(text) {
      const typed = text.replace(/[^0-9]/g, '').slice(0, DIGITS)
      setDigits(typed)
      setFault(undefined)
      if (typed.length === DIGITS && sent) void check(sent, typed)
    },
    forget() {
      setSent(undefined)
      setOver(false)
      setDigits('')
      setProof(undefined)
      setFault(undefined)
    },
  }
}
