/** A piece of a page. Whatever else is put into a page is escaped. */
export class Markup {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text
  }
}

export type Piece = Markup | string | number | undefined | false | readonly Piece[]

/** Writes a piece of a page. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(texts.map((text, at) => text + (at < pieces.length ? write(pieces[at]) : '')).join(''))
}

function write(piece: Piece): string {
  if (piece instanceof Markup) return piece.text
  if (Array.isArray(piece)) return piece.map(write).join('')
  if (piece === undefined || piece === false) return ''
  return String(piece).replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
