/** Text that is HTML already; everything else put into a page is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Content = Html | string | number | false | undefined | readonly Content[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function render(content: Content): string {
  if (content instanceof Html) return content.text
  if (content === undefined || content === false) return ''
  if (typeof content === 'object') return content.map(render).join('')
  return String(content).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}

/** A piece of a page; what is filled in is escaped unless it is a piece of a page itself. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(strings.reduce((before, text, at) => before + render(contents[at - 1]) + text))
}
