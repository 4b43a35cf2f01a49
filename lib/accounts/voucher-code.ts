import { randomInt } from 'node:crypto'

// Crockford's digits: none looks like another on paper.
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16
const GROUP = 4

/** A code of 80 random bits, in groups as it is printed: `7K3M-0QXD-W5ZR-41TB`. */
export function drawVoucherCode(): string {
  const drawn = Array.from({ length: LENGTH }, () => DIGITS[randomInt(DIGITS.length)]!)
  return Array.from({ length: LENGTH / GROUP }, (_, group) =>
    drawn.slice(group * GROUP, (group + 1) * GROUP).join(''),
  ).join('-')
}

/** Reads a code as people type it: any case, with or without its hyphens, O for zero, I and L for one. */
export function readVoucherCode(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return code.length === LENGTH && [...code].every((digit) => DIGITS.includes(digit)) ? code : undefined
}
