/** A login of the demo, as npm start shows it. */
export interface DemoLogin {
  readonly role: string
  readonly email: string
  readonly password: string
}

export interface DemoSeed {
  readonly logins: readonly DemoLogin[]
  /** Settings of the example shop: its keys and whom it asks. */
  readonly shopSettings: Readonly<Record<string, string>>
}

/**
 * Puts the demo's people, merchants and cards into a migrated database, once: a second call finds them and changes nothing.
 * `env` holds the gateway's settings by the names of lib/env.ts.
 */
export async function seedDemo(_databaseUrl: string, _env: Readonly<Record<string, string>>): Promise<DemoSeed> {
  return { logins: [], shopSettings: {} }
}
