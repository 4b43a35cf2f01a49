import { readBasket, withCount, writeBasket } from './basket'
import { findProduct } from './catalogue'
import { basketPage } from './pages/basket-page'
import { shelfPage } from './pages/shelf-page'
import type { Routes } from './routes'
import { cookie, field, page, Refusal, type Reply, type Visit } from './visit'

/** Looking around and filling the basket. */
export function shelfRoutes(): Routes {
  return {
    'GET /': (visit) => page(visit, shelfPage(visit)),
    'GET /basket': (visit) => page(visit, basketPage(visit, basketOf(visit))),
    'POST /basket': (visit) => changeBasket(visit, (known) => known + 1),
    'POST /basket/count': (visit) => changeBasket(visit, () => Number(/^[0-9]$/.exec(field(visit, 'count'))?.[0] ?? 1)),
    'POST /language': (visit) => {
      const to = field(visit, 'to') === 'en' ? 'en' : 'ko'
      const back = field(visit, 'back')
      // Only to a page of ours: no host, and no backslash that a browser would read as a slash.
      const isOurs = /^\/(?![/\\])[A-Za-z0-9/_-]*$/.test(back)
      return { kind: 'go', to: isOurs ? back : '/', cookies: [cookie('language', to)] }
    },
  }
}

export function basketOf(visit: Visit) {
  return readBasket(visit.cookies.get('basket'))
}

function changeBasket(visit: Visit, countAfter: (known: number) => number): Reply {
  const product = findProduct(field(visit, 'product'))
  if (!product) throw new Refusal(404, 'no such product')
  const lines = basketOf(visit)
  const known = lines.find((line) => line.product === product)?.count ?? 0
  const changed = withCount(lines, product, countAfter(known))
  return { kind: 'go', to: '/basket', cookies: [cookie('basket', writeBasket(changed))] }
}
