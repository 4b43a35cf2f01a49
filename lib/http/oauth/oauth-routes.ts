import { invariant } from '../../invariant'
import { allowedScopes, type OAuthClient, type Scope, scopes } from '../../oauth/oauth-client'
import type { IssuedToken } from '../../oauth/oauth'
import type { Reply } from '../route'
import type { OAuthRequest, OAuthRow } from './oauth-dialect'
import { OAuthError } from './oauth-error'

/** RFC 7636: a verifier has 43 to 128 characters of the unreserved ones. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/

const issueToken: OAuthRow = {
  method: 'POST',
  path: '/oauth/token',
  caller: 'client',
  async handle({ gateway: { oauth }, client, form }) {
    invariant(client, 'the row asks for a client')
    switch (form.get('grant_type')) {
      case 'client_credentials':
        return issued(await oauth.issueToClient(client, scopesOf(client, form.get('scope'))))
      case 'authorization_code': {
        const code = form.get('code')
        const redirectUri = form.get('redirect_uri')
        const verifier = form.get('code_verifier')
        if (code === undefined || redirectUri === undefined || !VERIFIER.test(verifier ?? '')) {
          throw new OAuthError('invalid_request')
        }
        const token = await oauth.redeem(client, { code, redirectUri, verifier: verifier ?? '' })
        if (!token) throw new OAuthError('invalid_grant')
        return issued(token)
      }
      case undefined:
        throw new OAuthError('invalid_request')
      default:
        throw new OAuthError('unsupported_grant_type')
    }
  },
}

function scopesOf(client: OAuthClient, text: string | undefined): readonly Scope[] {
  const wanted = allowedScopes(client, text)
  if (!wanted) throw new OAuthError('invalid_scope')
  return wanted
}

function issued(token: IssuedToken): Reply {
  return {
    status: 200,
    body: {
      access_token: token.accessToken,
      token_type: 'Bearer',
      expires_in: token.expiresInSeconds,
      scope: token.scopes.join(' '),
    },
    headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
  }
}

/** RFC 7009: whether there was such a token is nobody's business. */
const revokeToken: OAuthRow = {
  method: 'POST',
  path: '/oauth/revoke',
  caller: 'client',
  async handle({ gateway: { oauth }, client, form }: OAuthRequest) {
    invariant(client, 'the row asks for a client')
    const token = form.get('token')
    if (token === undefined) throw new OAuthError('invalid_request')
    await oauth.revokeToken(client, token)
    return { status: 200, body: undefined }
  },
}

/** RFC 8414. */
const getMetadata: OAuthRow = {
  method: 'GET',
  path: '/.well-known/oauth-authorization-server',
  caller: 'public',
  handle({ gateway: { settings } }) {
    const at = (path: string) => new URL(path, settings.WEB_URL).href
    return {
      status: 200,
      body: {
        issuer: settings.WEB_URL.replace(/\/$/, ''),
        authorization_endpoint: at('/oauth/authorize'),
        token_endpoint: at('/oauth/token'),
        revocation_endpoint: at('/oauth/revoke'),
        scopes_supported: scopes,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'client_credentials'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
        revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
      },
    }
  },
}

/** What programs need of OAuth 2.0; the page on which people agree is not among them. */
export const oauthRoutes: readonly OAuthRow[] = [issueToken, revokeToken, getMetadata]
