/** A CSV file that is sent as it is read, page by page. */
export function csvAnswer(
  file: string,
  heading: string,
  readPage: () => Promise<{ readonly lines: readonly string[]; readonly isLast: boolean }>,
): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    // The mark makes spreadsheets read it as UTF-8.
    start: (stream) => stream.enqueue(encoder.encode(`\uFEFF${heading}`)),
    async pull(stream) {
      const { lines, isLast } = await readPage()
      stream.enqueue(encoder.encode(lines.join('')))
      if (isLast) stream.close()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${file}"`,
      'cache-control': 'no-store',
    },
  })
}
