import { createMailedTokens, type MailedTokens } from './mailed-token'

/** Names somebody's registration in the link of the mail that proves their address. */
export const createRegistrationTokens = (secret: string): MailedTokens => createMailedTokens(secret, 'registration', 1)
