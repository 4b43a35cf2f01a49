import { type PaperReport, printReport } from '@/components/paper/report-document'

/** A report as a PDF file under a name of Latin letters, kept by nobody on the way. */
export async function pdfAnswer(name: string, report: PaperReport): Promise<Response> {
  return new Response(new Uint8Array(await printReport(report)), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}
