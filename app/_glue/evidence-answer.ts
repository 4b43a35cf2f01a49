import 'server-only'
import type { EvidenceFile } from '@/lib/merchants/evidence-file'

/** An evidence file as a download. Indented: it is read by people and by jq. */
export function evidenceAnswer(id: string, file: EvidenceFile): Response {
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="${id}-evidence.json"`,
      'cache-control': 'no-store',
    },
  })
}
