const SHAPE = /^RF[0-9]{2}[0-9A-Z]{1,21}$/

/**
 * Puts check digits before what names a bill (ISO 11649): a payer who mistypes one character, or swaps two, pays nobody.
 * @param body 1 to 21 letters and digits
 */
export function creditorReference(body: string): string {
  const own = body.toUpperCase()
  const check = 98 - remainderOf(`${own}RF00`)
  return `RF${String(check).padStart(2, '0')}${own}`
}

/** Reads what a payer typed, with or without spaces; undefined where it is no reference or its check digits are wrong. */
export function readCreditorReference(typed: string): string | undefined {
  const reference = typed.replace(/[\s-]+/gu, '').toUpperCase()
  if (!SHAPE.test(reference)) return undefined
  return remainderOf(reference.slice(4) + reference.slice(0, 4)) === 1 ? reference : undefined
}

/** In groups of four, as it is printed and typed. */
export function showCreditorReference(reference: string): string {
  return reference.replace(/(.{4})(?=.)/g, '$1 ')
}

/** The first reference in free text, where people type it who find no better place. */
export function findCreditorReference(text: string): string | undefined {
  const upper = text.toUpperCase()
  for (const { index } of upper.matchAll(/(?<![A-Z0-9])RF(?=[\s-]?[0-9])/g)) {
    // The reference ends where no letter or digit goes on; words after it are tried off one by one.
    const words = upper
      .slice(index)
      .split(/[^A-Z0-9]+/, 8)
      .filter(Boolean)
    for (let count = words.length; count > 0; count -= 1) {
      const reference = readCreditorReference(words.slice(0, count).join(''))
      if (reference) return reference
    }
  }
  return undefined
}

/** Modulo 97 of the characters, A being 10 and Z 35 (ISO 7064). */
function remainderOf(characters: string): number {
  let remainder = 0
  for (const character of characters) {
    for (const digit of String(parseInt(character, 36))) remainder = (remainder * 10 + Number(digit)) % 97
  }
  return remainder
}
