'use client'

import { useEffect, useState } from 'react'
import type peopleTexts from '@/locales/ko/people.json'
import { QrCode } from '../ui/qr-code'
import { Skeleton } from '../ui/skeleton'

interface Props {
  readonly words: Pick<(typeof peopleTexts)['security']['app'], 'qr' | 'key'>
  readonly begin: () => Promise<{ secret: string; uri: string } | undefined>
}

/** The QR code that an authenticator app scans, made when it is first looked at, and the same key to be typed. */
export function AuthenticatorKey({ words, begin }: Props) {
  const [key, setKey] = useState<{ secret: string; uri: string }>()
  useEffect(() => {
    let isHere = true
    void begin().then((begun) => {
      if (isHere) setKey(begun)
    })
    return () => {
      isHere = false
    }
  }, [begin])
  if (!key) return <Skeleton className="mx-auto size-48" />
  return (
    <figure className="flex flex-col items-center gap-3">
      <QrCode text={key.uri} label={words.qr} className="size-48 rounded-md" />
      <figcaption className="text-center text-sm text-ink-soft">
        {words.key}{' '}
        <span data-authenticator-key className="font-mono break-all text-ink">
          {key.secret.match(/.{1,4}/g)?.join(' ')}
        </span>
      </figcaption>
    </figure>
  )
}
