/** What a text of somebody else's says as JSON; undefined where it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A part of a JWS: base64url of JSON in UTF-8; undefined for anything else. */
export function readJwsPart(part: string): unknown {
  try {
    return readJson(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url')))
  } catch {
    return undefined
  }
}
