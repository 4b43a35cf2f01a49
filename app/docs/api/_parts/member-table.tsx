import { getTranslations } from 'next-intl/server'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { Member } from './reference'
import { SchemaText } from './schema-text'

interface Props {
  readonly label: string
  readonly members: readonly (Member & { readonly text?: string })[]
}

/** Members of a body or a query, with what each may be. */
export async function MemberTable({ label, members }: Props) {
  const t = await getTranslations('docs.api')
  return (
    <Table aria-label={label}>
      <thead>
        <tr>
          <TableHead>{t('member')}</TableHead>
          <TableHead>{t('type')}</TableHead>
          <TableHead>{t('meaning')}</TableHead>
        </tr>
      </thead>
      <tbody>
        {members.map(({ name, schema, isRequired, text }, index) => (
          <TableRow key={index}>
            <TableCell className="align-top whitespace-nowrap">
              <code>{name}</code>
              {isRequired ? <span className="block text-xs text-ink-faint">{t('required')}</span> : null}
            </TableCell>
            <TableCell className="align-top text-ink-soft">
              <SchemaText schema={schema} />
            </TableCell>
            <TableCell className="min-w-56 align-top text-ink-soft">{text ?? schema.description ?? ''}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}
