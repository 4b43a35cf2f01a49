import Link from 'next/link'
import type { ComponentProps } from 'react'
import { buttonLook } from './button-look'
import type { ButtonLook } from './button-look'
import { classNames } from './class-names'

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function ButtonLink({ kind, size, wide, className, ...rest }: ComponentProps<typeof Link> & ButtonLook) {
  return <Link className={classNames(buttonLook({ kind, size, wide }), className)} {...rest} />
}
