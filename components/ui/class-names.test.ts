import { expect, test } from 'vitest'
import { classNames } from './class-names'

test.each([
  [['h-12 px-3', 'h-11'], 'px-3 h-11'],
  [['px-3 py-2', 'p-4'], 'p-4'],
  [['p-4', 'px-2'], 'p-4 px-2'],
  [['text-sm text-ink', 'text-bad'], 'text-sm text-bad'],
  [['text-sm text-right', 'text-base'], 'text-right text-base'],
  [['bg-raised hover:bg-hover', 'bg-sunken'], 'hover:bg-hover bg-sunken'],
  [['flex hidden', 'sm:block'], 'hidden sm:block'],
  [['ring-1 ring-inset ring-line', 'ring-2 ring-accent'], 'ring-inset ring-2 ring-accent'],
  [['rounded-xl ring-1', undefined, null, 'rounded-md'], 'ring-1 rounded-md'],
  [['[&_svg]:size-4 size-9', 'size-6'], '[&_svg]:size-4 size-6'],
  [['font-sans font-bold', 'font-medium'], 'font-sans font-medium'],
  [['-mt-2', 'mt-1'], 'mt-1'],
  [['w-4 h-4', 'size-5'], 'size-5'],
] as const)('of %j what stands last wins', (names, joined) => {
  expect(classNames(...names)).toBe(joined)
})
