/** Refusals of the token and revocation endpoints (RFC 6749, 5.2) and what is said with them. */
const table = {
  invalid_request: [400, 'The request is malformed, or a parameter is missing or stands in it twice.'],
  invalid_client: [401, 'The client is unknown, revoked, or its secret is wrong.'],
  invalid_grant: [400, 'The authorization code is unknown, used, expired, or was given for something else.'],
  unauthorized_client: [400, 'The client may not use this grant.'],
  unsupported_grant_type: [400, 'Use client_credentials or authorization_code.'],
  invalid_scope: [400, 'The client may not have one of these scopes.'],
  server_error: [500, 'Something went wrong on our side.'],
  temporarily_unavailable: [503, 'Come back after Retry-After.'],
} as const satisfies Record<string, readonly [status: number, description: string]>

export type OAuthErrorCode = keyof typeof table

/** A refusal in the form of OAuth 2.0. */
export class OAuthError extends Error {
  override name = 'OAuthError'
  readonly status: number

  constructor(
    readonly code: OAuthErrorCode,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(table[code][1])
    this.status = table[code][0]
  }
}
