/** Where to go after logging in: a path of our own, whatever the address says; nobody is led elsewhere (open redirect). */
export function localAddress(asked: string | string[] | undefined, otherwise: string): string {
  if (typeof asked !== 'string' || asked.length > 500) return otherwise
  // Browsers read a backslash as a stroke, so "/\evil.example" would be another host.
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(asked) ? asked : otherwise
}
