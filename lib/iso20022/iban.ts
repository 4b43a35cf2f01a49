/** Whether text is an IBAN whose check digits are right (ISO 13616): capitals and digits without spaces. */
export function isIban(text: string): boolean {
  return /^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$/.test(text) && mod97(text.slice(4) + text.slice(0, 4)) === 1
}

/** The remainder of ISO 7064 MOD 97-10, letters counting from A = 10; used by IBANs and by creditor references. */
function mod97(text: string): number {
  let remainder = 0
  for (const character of text) {
    const value = parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder
}
