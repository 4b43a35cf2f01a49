/** The day of a moment by the clocks of a zone, YYYY-MM-DD. */
export function localDay(at: Date, timeZone: string): string {
  // Swedish dates are written so.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)
}
