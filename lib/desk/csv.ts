// A spreadsheet would run a cell that begins with one of these as a formula (PROMISES 10.3).
const FORMULA = /^[=+\-@\t\r]/

/** One line of a CSV file (RFC 4180). Cells that a spreadsheet would take for a formula are told apart by an apostrophe. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
