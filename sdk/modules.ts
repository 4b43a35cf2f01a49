import type { ApiClient } from './api-client'
import { type AmountLimits, type Module, type ModuleFee, readModule, readModules } from './module'

/** What is left out stays. */
export interface ModuleChanges {
  readonly state?: 'active' | 'inactive'
  readonly audience?: 'everybody' | 'listed'
  readonly currencies?: readonly string[]
  /** By currency; a currency that is left out has no limits. */
  readonly limits?: Readonly<Record<string, AmountLimits>>
  /** Refused where it is agreed on with whoever runs Moa. */
  readonly fee?: ModuleFee
}

export interface Listed {
  /** `grp_…` */
  readonly groups?: readonly string[]
  /** E-mail addresses, up to 1,000. */
  readonly shoppers?: readonly string[]
}

/** The ways to pay that your shop takes. Every call throws MoaError when it does not succeed. */
export interface Modules {
  list(): Promise<Module[]>
  retrieve(module: string): Promise<Module>
  /** It starts inactive. */
  register(module: string): Promise<Module>
  /** Counts for payments that begin from now on; what runs finishes. */
  change(module: string, changes: ModuleChanges): Promise<Module>
  /** Lists who may use a module, or takes them off; counts where its `audience` is `listed`. */
  listShoppers(module: string, changes: { readonly admit?: Listed; readonly exclude?: Listed }): Promise<void>
}

export function createModules(client: ApiClient): Modules {
  const place = (module: string, rest = '') => `/api/v1/modules/${encodeURIComponent(module)}${rest}`
  return {
    list: () => client.call({ method: 'GET', path: '/api/v1/modules', read: readModules }),
    retrieve: (module) => client.call({ method: 'GET', path: place(module), read: readModule }),
    register: (module) => client.call({ method: 'POST', path: place(module, '/register'), body: {}, read: readModule }),
    change: (module, body) => client.call({ method: 'POST', path: place(module), body, read: readModule }),
    listShoppers: (module, body) =>
      client.call({ method: 'POST', path: place(module, '/audience'), body, read: () => undefined }),
  }
}
