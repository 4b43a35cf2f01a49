'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { DeclineReason } from '@/lib/payments/decline-reason'
import type accountTexts from '@/locales/ko/account.json'
import { LineFields } from '../phone/line-fields'
import { LineProof, type LineProofProps } from '../phone/line-proof'
import type { CodeCheck, PhoneWords } from '../phone/phone-view'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'

interface Props extends Pick<LineProofProps, 'locale' | 'offer' | 'send'> {
  readonly words: {
    readonly maker: (typeof accountTexts)['newLine']
    readonly phone: PhoneWords
    readonly decline: Readonly<Record<DeclineReason, string>>
  }
  /** Tries the code; the right one adds the line. */
  readonly add: (message: string, nickname: string) => Promise<CodeCheck>
}

/** Adds a line or calling card: its number, then the code that proves who holds it. */
export function LineMaker({ words: { maker, phone, decline }, locale, offer, send, add }: Props) {
  const router = useRouter()
  const [nickname, setNickname] = useState('')

  async function check(message: string): Promise<CodeCheck> {
    const answer = await add(message, nickname)
    if (answer.kind === 'proven') router.push('/account/lines?done=added')
    return answer
  }

  return (
    <LineProof
      className="flex max-w-xl flex-col gap-5"
      words={{ phone, decline, consent: phone.consentLine, done: maker.done }}
      {...{ locale, offer, send, check }}
      fields={(typed) => (
        <>
          <LineFields {...typed} words={phone} onlyNumber />
          <Field id="line-nickname" label={maker.nickname} hint={maker.nicknameHint}>
            <Input
              {...fieldControl('line-nickname', { hint: maker.nicknameHint })}
              maxLength={40}
              autoComplete="off"
              value={nickname}
              onChange={({ target }) => setNickname(target.value)}
            />
          </Field>
        </>
      )}
    />
  )
}
