import { requireDesk } from '@/app/_glue/desk'
import { isUuid } from '@/app/_glue/uuid'
import { csvLine } from '@/lib/desk/csv'

const HERE = '/merchant/modules/groups'
const ROWS = 1000

interface Context {
  params: Promise<{ groupId: string }>
}

/** The shoppers of a group as a CSV file that can be read in again; sent as it is read. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { groupId } = await params
  const { gateway, merchant } = await requireDesk('portal.see', HERE)
  if (!isUuid(groupId)) return new Response(null, { status: 404 })
  let after: string | undefined
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(encoder.encode(`\uFEFF${csvLine(['email'])}`)),
    async pull(stream) {
      const wish = { limit: ROWS, ...(after && { after }) }
      const page = await gateway.merchantModules.members(merchant.id, groupId, wish)
      if (page.length > 0) stream.enqueue(encoder.encode(page.map((email) => csvLine([email])).join('')))
      after = page.at(-1)
      if (page.length < ROWS) stream.close()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="shoppers.csv"',
      'cache-control': 'no-store',
    },
  })
}
