import { UserPlus } from 'lucide-react'
import type { Metadata } from 'next'
import { getFormatter, getMessages, getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { shopName } from '@/app/_glue/names'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { RoleFields } from '@/components/merchant/role-fields'
import { Badge } from '@/components/ui/badge'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { MoneyText } from '@/components/ui/money'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Select } from '@/components/ui/select'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { can } from '@/lib/auth/access'
import { publicId } from '@/lib/ids'
import { deedWords } from '../_parts/deed-words'
import { changeMember, dismissMember, inviteMember, revokeInvitation } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people.team')
  return { title: t('title') }
}

/** Who works for the shop: roles, limits, second factors, and who is invited. */
export default async function TeamPage() {
  const desk = await requireDesk('member.see', '/merchant/team')
  const { gateway, merchant, person: reader, locale } = desk
  const [members, invitations, t, roles, shared, format, messages] = await Promise.all([
    gateway.people.members(merchant.id),
    gateway.invitations.open(merchant.id),
    getTranslations('people.team'),
    getTranslations('merchant.role'),
    getTranslations('shared'),
    getFormatter(),
    getMessages(),
  ])
  const currency = merchant.currencies[0] ?? 'KRW'
  const words = messages.people.team
  const mayChange = desk.may('member.change')
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text', { shop: shopName(merchant, locale) })}
        actions={
          mayChange ? (
            <DeedDialog
              icon={<UserPlus aria-hidden />}
              trigger={t('invite')}
              triggerLook={{ kind: 'primary' }}
              title={t('inviteTitle')}
              description={t('inviteText')}
              words={await deedWords(t('send'))}
              deed={inviteMember}
            >
              <Field id="invite-email" label={t('email')}>
                <Input
                  {...fieldControl('invite-email', {})}
                  name="email"
                  type="email"
                  inputMode="email"
                  autoComplete="off"
                  required
                  maxLength={254}
                />
              </Field>
              <RoleFields id="invite" {...{ currency, locale }} words={words} />
              <Field id="invite-locale" label={t('language')}>
                <Select id="invite-locale" name="locale" defaultValue={locale}>
                  <option value="ko">한국어</option>
                  <option value="en">English</option>
                </Select>
              </Field>
            </DeedDialog>
          ) : null
        }
      />
      <div className="flex flex-col gap-5">
        <Panel>
          <PanelHeader title={t('members')} />
          <Table aria-label={t('members')}>
            <thead>
              <tr>
                <TableHead>{t('name')}</TableHead>
                <TableHead>{t('role')}</TableHead>
                <TableHead className="text-right">{t('limit')}</TableHead>
                <TableHead>{t('since')}</TableHead>
                {mayChange ? <TableHead className="text-right">{t('change')}</TableHead> : null}
              </tr>
            </thead>
            <tbody>
              {await Promise.all(
                members.map(async ({ personId, person, role, refundLimit, hasSecondFactor }) => (
                  <TableRow key={personId}>
                    <TableCell>
                      <span className="font-medium">{person.name}</span>{' '}
                      {personId === reader.id ? <Badge>{t('you')}</Badge> : null}
                      <span className="block text-xs text-ink-faint">{person.email}</span>
                    </TableCell>
                    <TableCell className="whitespace-nowrap">{roles(role)}</TableCell>
                    <FigureCell>
                      {!can(role, 'payment.refund') ? (
                        '–'
                      ) : refundLimit === undefined ? (
                        t('noLimit')
                      ) : (
                        <MoneyText amount={refundLimit} currency={currency} locale={locale} />
                      )}
                    </FigureCell>
                    <TableCell>
                      <Badge tone={hasSecondFactor ? 'good' : 'neutral'}>
                        {t(hasSecondFactor ? 'factor.on' : 'factor.off')}
                      </Badge>
                    </TableCell>
                    {mayChange ? (
                      <TableCell>
                        <span className="flex justify-end gap-2">
                          <DeedDialog
                            trigger={t('change')}
                            triggerLook={{ size: 'small' }}
                            title={t('changeTitle', { name: person.name })}
                            description={t('changeText', { name: person.name })}
                            words={await deedWords(shared('save'))}
                            deed={changeMember.bind(null, publicId('per', personId))}
                          >
                            <RoleFields
                              id={personId}
                              {...{ currency, locale, words }}
                              role={role}
                              {...(refundLimit !== undefined && { refundLimit })}
                            />
                          </DeedDialog>
                          <DeedDialog
                            trigger={t('dismiss')}
                            triggerLook={{ size: 'small', kind: 'quiet' }}
                            title={t('dismissTitle', { name: person.name })}
                            description={t('dismissText', { name: person.name })}
                            words={await deedWords(t('dismiss'))}
                            isDangerous
                            deed={dismissMember.bind(null, publicId('per', personId))}
                          />
                        </span>
                      </TableCell>
                    ) : null}
                  </TableRow>
                )),
              )}
            </tbody>
          </Table>
        </Panel>
        <Panel>
          <PanelHeader title={t('open')} />
          {invitations.length === 0 ? (
            <p className="text-sm text-ink-soft">{t('noneOpen')}</p>
          ) : (
            <ul className="flex flex-col divide-y divide-line">
              {await Promise.all(
                invitations.map(async ({ id, email, role, expiresAt }) => (
                  <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0 last:pb-0">
                    <span className="min-w-0">
                      <span className="block text-sm font-medium break-all text-ink">{email}</span>
                      <span className="block text-xs text-ink-faint">
                        {roles(role)} · {t('until')}{' '}
                        {format.dateTime(expiresAt, { dateStyle: 'medium', timeStyle: 'short' })}
                      </span>
                    </span>
                    {mayChange ? (
                      <DeedDialog
                        trigger={t('revoke')}
                        triggerLook={{ size: 'small', kind: 'quiet' }}
                        title={t('revokeTitle', { email })}
                        description={t('revokeText')}
                        words={await deedWords(t('revoke'))}
                        isDangerous
                        deed={revokeInvitation.bind(null, publicId('inv', id))}
                      />
                    ) : null}
                  </li>
                )),
              )}
            </ul>
          )}
        </Panel>
      </div>
    </>
  )
}
