import { invariant } from '../invariant'

/** A place in the tree of path segments: what is served here, and what may follow. */
interface Node<Row> {
  readonly rows: Map<string, Row>
  readonly next: Map<string, Node<Row>>
  parameter?: { readonly name: string; readonly node: Node<Row> }
}

export type Found<Row> =
  | { kind: 'found'; row: Row; params: Readonly<Record<string, string>> }
  | { kind: 'wrong-method'; allowed: readonly string[] }
  | { kind: 'not-found' }

export interface Addressed {
  readonly method: string
  /** Segments beginning with a colon are parameters. */
  readonly path: string
}

/**
 * Finds the row of the table that answers a method and path. Segments are compared as sent: identifiers need no
 * percent-encoding, and whatever carries one is nobody's. HEAD is answered by the row for GET (RFC 9110).
 */
export function createRouter<Row extends Addressed>(
  rows: readonly Row[],
): (method: string, path: string) => Found<Row> {
  const root: Node<Row> = { rows: new Map(), next: new Map() }
  for (const row of rows) {
    const node = row.path.slice(1).split('/').reduce(grow, root)
    invariant(!node.rows.has(row.method), `${row.method} ${row.path} stands in the table twice`)
    node.rows.set(row.method, row)
  }
  return (method, path) => find(root, method, path)
}

function grow<Row>(node: Node<Row>, segment: string): Node<Row> {
  if (segment.startsWith(':')) {
    const name = segment.slice(1)
    node.parameter ??= { name, node: { rows: new Map(), next: new Map() } }
    invariant(node.parameter.name === name, `one place in the path has two names: ${node.parameter.name} and ${name}`)
    return node.parameter.node
  }
  const known = node.next.get(segment)
  if (known) return known
  const fresh: Node<Row> = { rows: new Map(), next: new Map() }
  node.next.set(segment, fresh)
  return fresh
}

function find<Row>(root: Node<Row>, method: string, path: string): Found<Row> {
  const params: Record<string, string> = {}
  let node = root
  for (const segment of path.slice(1).split('/')) {
    const fixed = node.next.get(segment)
    if (fixed) node = fixed
    else if (node.parameter && segment !== '') {
      params[node.parameter.name] = segment
      node = node.parameter.node
    } else return { kind: 'not-found' }
  }
  if (node.rows.size === 0) return { kind: 'not-found' }
  const row = node.rows.get(method === 'HEAD' ? 'GET' : method)
  if (row) return { kind: 'found', row, params }
  const allowed = [...node.rows.keys()].flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one]))
  return { kind: 'wrong-method', allowed: allowed.sort() }
}
