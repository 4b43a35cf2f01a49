'use client'

import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { Proof } from '@/lib/auth/second-factor'
import type peopleTexts from '@/locales/ko/people.json'
import { fill } from '../i18n/fill'
import { Button } from '../ui/button'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'

export type Shown = { readonly kind: 'proved' } | Extract<Proof, { kind: 'refused' }>

type Words = (typeof peopleTexts)['prove']

interface Props {
  readonly words: Words
  /** A path of our own. */
  readonly next: string
  /** The origin at which the person's passkeys work; undefined: they have none. */
  readonly passkeysAt: string | undefined
  readonly deeds: {
    readonly beginProof: () => Promise<PublicKeyCredentialRequestOptionsJSON | undefined>
    readonly proveByCode: (code: string) => Promise<Shown>
    readonly proveByPasskey: (response: AuthenticationResponseJSON) => Promise<Shown>
  }
}

/** A code, or a passkey where the person has one and this is its place. */
export function SecondFactorForm({ words, next, passkeysAt, deeds }: Props) {
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState<'code' | 'passkey'>()
  const [fault, setFault] = useState<string>()

  async function settle(way: 'code' | 'passkey', proof: () => Promise<Shown | undefined>) {
    setBusy(way)
    setFault(undefined)
    const given = await proof().catch(() => undefined)
    if (given?.kind === 'proved') return window.location.assign(next)
    setFault(given ? words.fault[given.reason] : words.fault.failed)
    setBusy(undefined)
  }

  async function byPasskey(): Promise<Shown | undefined> {
    const [options, { startAuthentication }] = await Promise.all([
      deeds.beginProof(),
      import('@simplewebauthn/browser'),
    ])
    return options && deeds.proveByPasskey(await startAuthentication({ optionsJSON: options }))
  }

  return (
    <div className="flex flex-col gap-4">
      <form
        className="flex flex-col gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void settle('code', () => deeds.proveByCode(code))
        }}
      >
        <Field id="code" label={words.code} hint={words.codeHint} error={fault}>
          <Input
            {...fieldControl('code', { hint: words.codeHint, error: fault })}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={20}
            autoFocus
            className="figures tracking-widest"
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        </Field>
        <Button
          type="submit"
          kind="primary"
          size="large"
          wide
          busy={busy === 'code'}
          disabled={code.trim() === '' || busy === 'passkey'}
        >
          {words.submit}
        </Button>
      </form>
      {passkeysAt === undefined ? null : (
        <>
          <p className="text-center text-sm text-ink-faint">{words.or}</p>
          <Button
            size="large"
            wide
            busy={busy === 'passkey'}
            disabled={busy === 'code'}
            onClick={() => {
              if (passkeysAt === window.location.origin) void settle('passkey', byPasskey)
              else setFault(fill(words.fault.elsewhere, { origin: passkeysAt }))
            }}
          >
            <KeyRound aria-hidden />
            {words.passkey}
          </Button>
        </>
      )}
    </div>
  )
}
