const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3

// The Revised Romanization of Korean, letter by letter; a syllable is an initial, a vowel and perhaps a final.
const initials = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ')
const vowels = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ')
const finals = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ')

function romanized(syllable: number): string {
  const place = syllable - FIRST_SYLLABLE
  const initial = initials[Math.floor(place / (vowels.length * finals.length))]!
  const vowel = vowels[Math.floor(place / finals.length) % vowels.length]!
  return initial + vowel + finals[place % finals.length]!
}

/**
 * Writes a name in printable ASCII, for links that carry nothing else: Hangul in Latin letters, accents dropped, and
 * a question mark for whatever has no Latin form.
 */
export function transliterate(text: string): string {
  let written = ''
  // NFC first: Hangul typed on some systems arrives as single letters (jamo).
  for (const character of text.normalize('NFC')) {
    const code = character.codePointAt(0)!
    if (code >= 0x20 && code < 0x7f) written += character
    else if (code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE) written += romanized(code)
    else
      written +=
        character
          .normalize('NFKD')
          .replace(/\p{Mark}/gu, '')
          .replace(/[^\x20-\x7e]/g, '?') || '?'
  }
  return written
}
