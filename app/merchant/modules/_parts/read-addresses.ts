/** What fits into one request of a form; more comes in parts, or by the API. */
const MOST = 2_000

/**
 * E-mail addresses as somebody typed them, or as the first column of a CSV file has them; a heading without an @ in the
 * first line is left out. Undefined when there are too many.
 */
export function readAddresses(text: string): string[] | undefined {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((each) => (each.split(/[,;\t]/)[0] ?? '').trim().replace(/^"(.*)"$/, '$1'))
    .filter((each) => each !== '')
  const addresses = lines[0]?.includes('@') === false ? lines.slice(1) : lines
  return addresses.length > MOST ? undefined : addresses
}
