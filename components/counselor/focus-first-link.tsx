'use client'

import { type ReactNode, useEffect, useRef } from 'react'

/** Puts the keyboard on the first link inside that can be seen, so that Enter goes on with it. */
export function FocusFirstLink({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const links = [...(place.current?.querySelectorAll('a') ?? [])]
    links.find((link) => link.offsetParent !== null)?.focus()
  }, [])
  return <div ref={place}>{children}</div>
}
