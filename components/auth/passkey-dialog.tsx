'use client'

import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/browser'
import type { ComponentProps } from 'react'
import { type DeedAnswer, DeedDialog } from '../merchant/deed-dialog'

interface Props extends Omit<ComponentProps<typeof DeedDialog>, 'deed'> {
  /** The only origin at which the browser makes one for us. */
  readonly origin: string
  readonly elsewhere: string
  readonly failed: string
  readonly begin: () => Promise<PublicKeyCredentialCreationOptionsJSON | undefined>
  readonly add: (name: string, response: RegistrationResponseJSON) => Promise<DeedAnswer>
}

/** Asks the browser for a passkey, and keeps its public half under the name that was typed. */
export function PasskeyDialog({ origin, elsewhere, failed, begin, add, ...dialog }: Props) {
  async function make(form: FormData): Promise<DeedAnswer> {
    if (window.location.origin !== origin) return { kind: 'refused', message: elsewhere }
    const [options, { startRegistration }] = await Promise.all([begin(), import('@simplewebauthn/browser')])
    if (!options) return { kind: 'refused', message: failed }
    const response = await startRegistration({ optionsJSON: options }).catch(() => undefined)
    return response ? add(String(form.get('name') ?? ''), response) : { kind: 'refused', message: failed }
  }
  return <DeedDialog {...dialog} deed={make} />
}
