import type { NextRequest } from 'next/server'
import { runningGateway } from '@/app/_glue/gateway'
import { billBehind, paperOf } from '@/app/_glue/giro-statement'
import { printStatement } from '@/components/giro/statement-document'

interface Context {
  params: Promise<{ merchantId: string; billId: string }>
}

/** The statement as PDF, in the language in which its payer was written to. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const gateway = await runningGateway()
  const bill = await billBehind(gateway, await params, request.nextUrl.searchParams.get('key'))
  if (!bill) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
  const pdf = await printStatement(await paperOf(gateway, bill, bill.locale))
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="statement-${bill.reference}.pdf"`,
      'cache-control': 'no-store',
    },
  })
}
