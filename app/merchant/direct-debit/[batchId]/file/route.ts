import { Readable } from 'node:stream'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { isUuid } from '@/app/_glue/uuid'
import { fileNameOf } from '@/lib/direct-debit/debit'
import { publicId } from '@/lib/ids'

interface Context {
  params: Promise<{ batchId: string }>
}

/** The file of a batch as it went to the bank. It holds account numbers: owners only, and it is written down who took it. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { batchId } = await params
  const desk = await requireDesk('debit.file', '/merchant/direct-debit')
  const { gateway, merchant } = desk
  const copy = isUuid(batchId) ? await gateway.debitBatches.copy(merchant.id, batchId) : undefined
  if (!copy) return new Response(null, { status: 404 })
  await noteDeed(desk, { action: 'debit.file', object: publicId('dbb', batchId), outcome: 'done' })
  return new Response(Readable.toWeb(Readable.from(copy)) as ReadableStream, {
    headers: {
      'content-type': 'application/xml; charset=utf-8',
      'content-disposition': `attachment; filename="${fileNameOf(batchId)}"`,
      'cache-control': 'no-store',
    },
  })
}
