import type { Language } from './words'

export interface Product {
  readonly id: ProductId
  readonly name: Readonly<Record<Language, string>>
  readonly about: Readonly<Record<Language, string>>
  /** The kind of product, as Moa's figures name it. */
  readonly group: Readonly<Record<Language, string>>
  /** Won. */
  readonly price: bigint
}

export type ProductId = 'moon-jar' | 'tea-set' | 'soban' | 'lantern' | 'brass-bowl' | 'jogakbo'

const CERAMICS = { ko: '도자', en: 'Ceramics' }
const CRAFTS = { ko: '목공예와 유기', en: 'Wood and brass' }
const PAPER = { ko: '종이와 천', en: 'Paper and cloth' }

export const CATALOGUE: readonly Product[] = [
  {
    id: 'moon-jar',
    name: { ko: '달항아리', en: 'Moon jar' },
    about: { ko: '물레로 두 반구를 빚어 붙인 백자', en: 'White porcelain, thrown as two halves and joined' },
    group: CERAMICS,
    price: 220_000n,
  },
  {
    id: 'soban',
    name: { ko: '나주 소반', en: 'Naju soban' },
    about: { ko: '은행나무에 옻칠한 작은 밥상', en: 'A small lacquered table of ginkgo wood' },
    group: CRAFTS,
    price: 150_000n,
  },
  {
    id: 'tea-set',
    name: { ko: '청자 다기', en: 'Celadon tea set' },
    about: { ko: '찻주전자 하나와 잔 둘', en: 'One pot and two cups' },
    group: CERAMICS,
    price: 84_000n,
  },
  {
    id: 'brass-bowl',
    name: { ko: '유기 합', en: 'Brass bowl' },
    about: { ko: '두드려 만든 방짜 유기, 뚜껑까지', en: 'Hand-hammered, with its lid' },
    group: CRAFTS,
    price: 62_000n,
  },
  {
    id: 'lantern',
    name: { ko: '한지등', en: 'Hanji lantern' },
    about: { ko: '닥종이 한 겹을 지나온 빛', en: 'Light through one sheet of mulberry paper' },
    group: PAPER,
    price: 46_000n,
  },
  {
    id: 'jogakbo',
    name: { ko: '조각보', en: 'Jogakbo' },
    about: { ko: '모시 조각을 이어 붙인 보자기', en: 'A wrapping cloth pieced from ramie' },
    group: PAPER,
    price: 38_000n,
  },
]

export function findProduct(id: string): Product | undefined {
  return CATALOGUE.find((product) => product.id === id)
}
