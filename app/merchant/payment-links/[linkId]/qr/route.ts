import type { NextRequest } from 'next/server'
import { renderSVG } from 'uqr'
import { requireDesk } from '@/app/_glue/desk'
import { squaresAsPng } from '@/lib/payment-links/qr-png'
import { qrSquares, requireLink } from '../../own-link'

interface Context {
  params: Promise<{ linkId: string }>
}

// About ten centimetres at 300 dots an inch.
const PIXELS = 24

/** The QR code of a link as a file, SVG unless PNG is asked for. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { linkId } = await params
  const desk = await requireDesk('link.see', '/merchant/payment-links')
  const { url } = await requireLink(desk, linkId)
  const isPng = request.nextUrl.searchParams.get('as') === 'png'
  const picture = isPng ? new Uint8Array(squaresAsPng(qrSquares(url), PIXELS)) : renderSVG(url, { ecc: 'M', border: 4 })
  return new Response(picture, {
    headers: {
      'content-type': isPng ? 'image/png' : 'image/svg+xml; charset=utf-8',
      'content-disposition': `attachment; filename="${linkId}.${isPng ? 'png' : 'svg'}"`,
      'cache-control': 'no-store',
    },
  })
}
