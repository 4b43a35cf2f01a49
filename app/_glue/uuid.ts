const WRITTEN = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** Whether an address names an identifier at all; anything else is nobody's. */
export function isUuid(text: string): boolean {
  return WRITTEN.test(text)
}
