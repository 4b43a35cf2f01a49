/**
 * Puts values into the {places} of a text. Texts for client components of the checkout use nothing more than such places,
 * so that no message formatter has to be sent to the phone.
 */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{([a-zA-Z]+)\}/g, (place, name: string) => String(values[name] ?? place))
}
