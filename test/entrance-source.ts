import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const ROOT = path.resolve(import.meta.dirname, '..')

/** What asks who somebody is, and how a call of it is written down; `action` where it is told what for. */
const GUARDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'app/_glue/desk.ts': { requireDesk: 'desk' },
  'app/_glue/system.ts': { requireSystem: 'system' },
  'app/_glue/session.ts': {
    ...{ requirePerson: 'person', requireSession: 'person', requireStaffSession: 'person' },
    currentPerson: 'perhaps a person',
  },
  'app/_glue/checkout-session.ts': { checkoutSession: 'checkout' },
  'app/_glue/serve-api.ts': { serveApi: 'interface' },
}

interface Module {
  readonly file: string
  readonly isServerActions: boolean
  /** Top-level functions and values by name; `default` among them. */
  readonly declared: ReadonlyMap<string, ts.Node>
  readonly imported: ReadonlyMap<string, { readonly file: string; readonly name: string }>
  /** Names that others can import and that are code. */
  readonly exported: readonly string[]
}

const modules = new Map<string, Module>()

/** The files below app/ whose name matches, by paths from the root. */
export function appFiles(name: RegExp): string[] {
  return readdirSync(path.join(ROOT, 'app'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort()
}

/** The files of server actions: everything they export can be called by anybody who knows the page. */
export function actionFiles(): string[] {
  return appFiles(/[.]tsx?$/).filter((file) => read(file).isServerActions)
}

/** Where an action hides inside another function, so that nobody finds it by what its file exports. */
export function filesWithInlineActions(): string[] {
  return appFiles(/[.]tsx?$/).filter((file) =>
    /^\s+['"]use server['"]/m.test(readFileSync(path.join(ROOT, file), 'utf8')),
  )
}

/** What a file exports that is code. */
export function exportsOf(file: string): readonly string[] {
  return read(file).exported
}

/**
 * Who is asked for on the way through a function of a page, a handler or an action: every guard that its code can come
 * to within app/, such as `desk payment.see`. Other server actions are not followed: they ask for themselves.
 */
export function guardsOf(file: string, name: string): string[] {
  const found = new Set<string>()
  visit(file, name, found, new Set())
  return [...found].sort()
}

function visit(file: string, name: string, found: Set<string>, seen: Set<string>): void {
  const key = `${file}#${name}`
  if (seen.has(key)) return
  seen.add(key)
  const parsed = read(file)
  const node = parsed.declared.get(name)
  if (!node) {
    const source = parsed.imported.get(name)
    if (source) follow(source, found, seen)
    return
  }
  const walk = (each: ts.Node): void => {
    if (ts.isTypeNode(each)) return
    if (ts.isCallExpression(each) && ts.isIdentifier(each.expression)) noteAsked(parsed, each, found)
    if (ts.isIdentifier(each) && !isProperty(each)) {
      if (parsed.declared.has(each.text)) visit(file, each.text, found, seen)
      else if (parsed.imported.has(each.text)) follow(parsed.imported.get(each.text)!, found, seen)
    }
    ts.forEachChild(each, walk)
  }
  ts.forEachChild(node, walk)
}

function follow(source: { file: string; name: string }, found: Set<string>, seen: Set<string>): void {
  const guard = GUARDS[source.file]?.[source.name]
  // What a desk is asked for stands in the call, not in the name.
  if (guard !== undefined && !isAsked(guard)) found.add(guard)
  if (guard === undefined && !read(source.file).isServerActions) visit(source.file, source.name, found, seen)
}

const isAsked = (guard: string) => guard === 'desk' || guard === 'system'

function noteAsked(parsed: Module, call: ts.CallExpression, found: Set<string>): void {
  const source = parsed.imported.get((call.expression as ts.Identifier).text)
  const guard = source && GUARDS[source.file]?.[source.name]
  if (guard === undefined || !isAsked(guard)) return
  const [first] = call.arguments
  found.add(`${guard} ${first && ts.isStringLiteral(first) ? first.text : 'for something that is worked out'}`)
}

function isProperty(node: ts.Identifier): boolean {
  const { parent } = node
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isJsxAttribute(parent) && parent.name === node)
  )
}

function read(file: string): Module {
  const known = modules.get(file)
  if (known) return known
  const text = readFileSync(path.join(ROOT, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const declared = new Map<string, ts.Node>()
  const imported = new Map<string, { file: string; name: string }>()
  const exported: string[] = []
  const declare = (name: string, node: ts.Node, statement: ts.Statement) => {
    declared.set(name, node)
    const marks = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
    const has = (kind: ts.SyntaxKind) => marks.some((mark) => mark.kind === kind)
    if (has(ts.SyntaxKind.DefaultKeyword)) declared.set('default', node)
    if (has(ts.SyntaxKind.ExportKeyword)) exported.push(has(ts.SyntaxKind.DefaultKeyword) ? 'default' : name)
  }
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement)) declare(statement.name?.text ?? 'default', statement, statement)
    else if (ts.isVariableStatement(statement))
      for (const each of statement.declarationList.declarations)
        for (const name of namesOf(each.name)) declare(name, each, statement)
    else if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) {
      const from =
        statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier)
          ? statement.moduleSpecifier
          : undefined
      const target = from && resolve(file, from.text)
      for (const { local, name } of bindingsOf(statement)) {
        if (target) imported.set(local, { file: target, name })
        if (ts.isExportDeclaration(statement)) exported.push(local)
      }
    } else if (ts.isExportAssignment(statement)) {
      declared.set('default', statement)
      exported.push('default')
    }
  }
  const isServerActions = /^'use server'/m.test(text.slice(0, 200))
  const parsed = { file, isServerActions, declared, imported, exported }
  modules.set(file, parsed)
  return parsed
}

function bindingsOf(statement: ts.ImportDeclaration | ts.ExportDeclaration): { local: string; name: string }[] {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause, isTypeOnly } = statement
    if (isTypeOnly || !exportClause || !ts.isNamedExports(exportClause)) return []
    return exportClause.elements.map((each) => ({ local: each.name.text, name: (each.propertyName ?? each.name).text }))
  }
  const clause = statement.importClause
  if (!clause || clause.isTypeOnly) return []
  const named = clause.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : []
  return [
    ...(clause.name ? [{ local: clause.name.text, name: 'default' }] : []),
    ...named
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .map((each) => ({ local: each.name.text, name: (each.propertyName ?? each.name).text })),
  ]
}

function namesOf(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((each) => (ts.isBindingElement(each) ? namesOf(each.name) : []))
}

/** The file of app/ that an import names; undefined for everything else. */
function resolve(file: string, specifier: string): string | undefined {
  const base = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier)
      : undefined
  if (!base?.startsWith('app/')) return undefined
  return ['.ts', '.tsx', '/index.ts'].map((end) => base + end).find((each) => existsSync(path.join(ROOT, each)))
}
