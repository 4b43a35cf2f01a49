/** A field that a module of somebody else's asks for, in the reader's language. */
export interface ModuleField {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly kind: 'text' | 'digits' | 'secret'
  readonly shortest: number
  readonly longest: number
  /** What browsers may fill in, as HTML names it. */
  readonly autofill?: string
  readonly optional: boolean
}

/** A payment module that is not ours: what it is called and what it asks for. */
export interface OtherModule {
  readonly code: string
  readonly name: string
  readonly fields: readonly ModuleField[]
}

/** The module that a means names: module:…; undefined for every other means. */
export const moduleOf = (modules: readonly OtherModule[], means: string | undefined): OtherModule | undefined =>
  modules.find(({ code }) => means === `module:${code}`)
