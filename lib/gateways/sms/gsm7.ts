/** The default alphabet of GSM 03.38 and its extension table, which costs two septets a character. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENDED: Readonly<Record<string, number>> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
}
const ESCAPE = 0x1b

/** Its septets, each in a byte of its own as SMPP carries them; undefined when the alphabet does not have it. */
export function gsm7Of(character: string): readonly number[] | undefined {
  const extended = EXTENDED[character]
  if (extended !== undefined) return [ESCAPE, extended]
  const basic = BASIC.indexOf(character)
  return basic >= 0 && basic !== ESCAPE ? [basic] : undefined
}
