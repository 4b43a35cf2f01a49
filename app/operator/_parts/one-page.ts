/** What one page shows of a list of which one more was asked for, and the row that its next page begins after. */
export function onePage<Row>(found: readonly Row[], size: number): { rows: readonly Row[]; last: Row | undefined } {
  const rows = found.slice(0, size)
  return { rows, last: found.length > size ? rows.at(-1) : undefined }
}
