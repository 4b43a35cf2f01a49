import { type Action, type Role, rolesOf } from '@/lib/auth/access'
import { staffRoles, systemRoles } from '@/lib/auth/person'

/** Who is let in at one address, or may call one server action. */
export type Entrance =
  /** Nobody is asked who they are; `because` says why that is right. */
  | { readonly by: 'anybody'; readonly because: string }
  /** A browser that came with the shop's signed link to this payment. */
  | { readonly by: 'checkout' }
  /** Whoever is logged in, for what is their own. */
  | { readonly by: 'person' }
  /** Whoever works for a shop in a role that may do this. */
  | { readonly by: 'desk'; readonly action: Action }
  /** Whoever runs or checks the installation, in a role that may do this. */
  | { readonly by: 'system'; readonly action: Action }
  /** The route tables of lib/http, of which every row says itself who may call it. */
  | { readonly by: 'interface' }

export const anybody = (because: string): Entrance => ({ by: 'anybody', because })
export const checkout: Entrance = { by: 'checkout' }
export const person: Entrance = { by: 'person' }
export const desk = (action: Action): Entrance => ({ by: 'desk', action })
export const system = (action: Action): Entrance => ({ by: 'system', action })
export const routeTable: Entrance = { by: 'interface' }

/** The roles that are let in; `all` where nobody is asked for a role. A desk has members of shops only, the console others. */
export function rolesAt(entrance: Entrance): readonly Role[] | 'all' {
  if (entrance.by !== 'desk' && entrance.by !== 'system') return 'all'
  const there: readonly Role[] = entrance.by === 'desk' ? staffRoles : systemRoles
  return rolesOf(entrance.action).filter((role) => there.includes(role))
}
