/** Set on every request by the pages' server itself (note-client-addresses.ts); what a client sends under it is lost. */
export const CLIENT_ADDRESS = 'x-moa-client-address'
