/** Text form of certificates and requests (RFC 7468). */
export function toPem(label: 'CERTIFICATE' | 'CERTIFICATE REQUEST', der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** Every block of that label in a text, in their order. Text between blocks is left alone; other blocks are skipped. */
export function fromPem(label: 'CERTIFICATE' | 'CERTIFICATE REQUEST', text: string): Buffer[] {
  const block = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, 'g')
  return [...text.matchAll(block)].map(([, base64 = '']) => Buffer.from(base64, 'base64'))
}
