// A shop's server that answers the hooks of its payment flow: nothing is taken for orders that cannot be shipped.
// MOA_* as in examples/shop; the flow's hook points to http(s)://<this server>/moa/hook.
import { createServer } from 'node:http'
import { Moa, type PrivateJwk } from '../../sdk/index'

const {
  MOA_API_URL = '',
  MOA_WEB_URL = '',
  MOA_MERCHANT_ID = '',
  MOA_SECRET_KEY = '',
  MOA_SHOP_SIGNING_KEY = '{}',
} = process.env

const moa = new Moa({
  ...{ apiUrl: MOA_API_URL, webUrl: MOA_WEB_URL, merchantId: MOA_MERCHANT_ID, secretKey: MOA_SECRET_KEY },
  signingKey: JSON.parse(MOA_SHOP_SIGNING_KEY) as PrivateJwk,
})

/** Stands for the shop's own stock, by the order reference it gave. */
const soldOut = new Set<string>()

const LARGEST_BODY = 16_384

createServer((request, response) => {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > LARGEST_BODY) request.destroy()
    else chunks.push(chunk)
  })
  request.on('end', () => {
    if (request.method !== 'POST' || request.url !== '/moa/hook') return void response.writeHead(404).end()
    // The bytes as they came: the signature is over them. An error is no answer, and the flow says what that means.
    moa
      .answerHook(Buffer.concat(chunks), ({ orderRef }) => (soldOut.has(orderRef) ? { no: '재고가 없어요' } : 'yes'))
      .then(({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body))
      .catch(() => response.writeHead(500).end())
  })
}).listen(Number(process.env['PORT'] ?? 3010), '127.0.0.1')
