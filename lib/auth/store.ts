import { DAY_MS } from '../clock'
import type { Database } from '../db/database'
import type { Membership as MembershipRow, Person as PersonRow, Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { Member, Membership, Person, StaffRole, SystemRole } from './person'
import { localeOf, staffRoles, systemRoles } from './person'

type Tx = Prisma.TransactionClient

export function personFrom(row: PersonRow): Person {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    locale: localeOf(row.locale),
    registrationNumber: row.registrationNumber,
    createdAt: row.createdAt,
  }
}

/** A role that we do not know gives no rights. */
export function membershipsFrom(rows: readonly MembershipRow[]): Membership[] {
  return rows.flatMap((row) => {
    const role = staffRoles.find((known) => known === row.role)
    if (!role) return []
    const limit = row.refundLimit === null ? {} : { refundLimit: row.refundLimit }
    return [{ merchantId: row.merchantId, personId: row.personId, role, ...limit }]
  })
}

/** As for memberships: a role that we do not know gives no rights. */
export function systemRoleFrom(row: { role: string } | null): SystemRole | undefined {
  return systemRoles.find((known) => known === row?.role)
}

/**
 * Inserts the person unless the address or the registration number is taken.
 * @returns which of the two was taken; undefined when the person is in
 */
export async function insertPerson(
  tx: Tx,
  person: Person & { passwordHash: string },
): Promise<'email' | 'number' | undefined> {
  const { count } = await tx.person.createMany({ data: [person], skipDuplicates: true })
  if (count === 1) return undefined
  const known = await tx.person.findUnique({ where: { email: person.email }, select: { id: true } })
  return known ? 'email' : 'number'
}

const LOGIN_TRIES = 10
const LOCK_MINUTES = 30

/**
 * Counts one try to log in before the password is looked at, so that tries made at once cannot exceed the limit. The
 * last allowed one locks.
 * @returns false while locked
 */
export async function takeTry(db: Database, personId: Uuid, now: Date): Promise<boolean> {
  const { rowCount } = await db.pool.query({
    name: 'take_login_try',
    text: `update person set
        failed_logins = case when locked_until is null then failed_logins + 1 else 1 end,
        locked_until = case when locked_until is null and failed_logins + 1 >= $3
          then $2::timestamptz + make_interval(mins => $4) end
      where id = $1 and (locked_until is null or locked_until <= $2)`,
    values: [personId, now, LOGIN_TRIES, LOCK_MINUTES],
  })
  return rowCount === 1
}

export async function forgetTries(db: Database, personId: Uuid): Promise<void> {
  await db.prisma.person.update({ where: { id: personId }, data: { failedLogins: 0, lockedUntil: null } })
}

const HALF_HOUR_MS = 1_800_000

/** Counts a try from a known device. False once it has failed too often within a day or two. */
export function takeDeviceTry(db: Database, deviceId: string, now: Date): Promise<boolean> {
  return takeCountedTry(db, deviceSubject(deviceId), DAY_MS, now)
}

export function forgetDeviceTries(db: Database, deviceId: string): Promise<void> {
  return forgetCountedTries(db, deviceSubject(deviceId))
}

const deviceSubject = (deviceId: string) => `login-device:${deviceId}`

/**
 * Counts a try at the second factor, apart from those at the password: only whoever knows that gets here, so strangers cannot
 * use it to keep an owner out. False once there were too many within half an hour or a whole one.
 */
export function takeFactorTry(db: Database, personId: Uuid, now: Date): Promise<boolean> {
  return takeCountedTry(db, factorSubject(personId), HALF_HOUR_MS, now)
}

export function forgetFactorTries(db: Database, personId: Uuid): Promise<void> {
  return forgetCountedTries(db, factorSubject(personId))
}

const factorSubject = (personId: Uuid) => `second-factor:${personId}`

/** Counts a try at the password of a registration, by whoever has its link. */
export function takeProofTry(db: Database, registrationId: Uuid, now: Date): Promise<boolean> {
  return takeCountedTry(db, `address-proof:${registrationId}`, HALF_HOUR_MS, now)
}

async function takeCountedTry(db: Database, subject: string, windowMs: number, now: Date): Promise<boolean> {
  const start = new Date(now.getTime() - (now.getTime() % windowMs))
  const { rows } = await db.pool.query<{ tries: number }>({
    name: 'take_counted_try',
    text: `with counted as (
        insert into rate_count (subject, window_start, count) values ($1, $2, 1)
        on conflict (subject, window_start) do update set count = rate_count.count + 1 returning count)
      select (select count from counted) + coalesce(
        (select count from rate_count where subject = $1 and window_start = $3), 0) as tries`,
    values: [subject, start, new Date(start.getTime() - windowMs)],
  })
  return rows[0]!.tries <= LOGIN_TRIES
}

async function forgetCountedTries(db: Database, subject: string): Promise<void> {
  await db.prisma.rateCount.deleteMany({ where: { subject } })
}

export async function saveMembership(
  tx: Tx,
  member: { merchantId: Uuid; personId: Uuid; role: StaffRole; refundLimit?: bigint },
  now: Date,
): Promise<void> {
  const { merchantId, personId, role, refundLimit = null } = member
  await tx.membership.upsert({
    where: { merchantId_personId: { merchantId, personId } },
    create: { merchantId, personId, role, refundLimit, createdAt: now },
    update: { role, refundLimit },
  })
}

/** With the hash, for whoever has to check a password; `personFrom` leaves it out for everybody else. */
export async function findPerson(tx: Tx, who: { id: Uuid } | { email: string }): Promise<PersonRow | undefined> {
  return (await tx.person.findUnique({ where: who })) ?? undefined
}

export async function savePasswordHash(tx: Tx, personId: Uuid, passwordHash: string): Promise<void> {
  await tx.person.update({ where: { id: personId }, data: { passwordHash } })
}

export async function findMemberships(tx: Tx, where: { personId: Uuid; merchantId?: Uuid }): Promise<Membership[]> {
  return membershipsFrom(await tx.membership.findMany({ where, orderBy: { createdAt: 'asc' } }))
}

export async function findMembers(tx: Tx, merchantId: Uuid): Promise<Member[]> {
  const rows = await tx.membership.findMany({
    where: { merchantId },
    include: { person: true },
    orderBy: { createdAt: 'asc' },
  })
  return rows.flatMap((row) =>
    membershipsFrom([row]).map((member) => ({
      ...member,
      person: personFrom(row.person),
      hasSecondFactor: row.person.secondFactorSince !== null,
    })),
  )
}

export async function removeMembership(tx: Tx, merchantId: Uuid, personId: Uuid): Promise<void> {
  await tx.membership.deleteMany({ where: { merchantId, personId } })
}

export async function saveSystemRole(tx: Tx, personId: Uuid, role: SystemRole, now: Date): Promise<void> {
  await tx.systemMember.upsert({ where: { personId }, create: { personId, role, createdAt: now }, update: { role } })
}

export async function removeSystemRole(tx: Tx, personId: Uuid): Promise<void> {
  await tx.systemMember.deleteMany({ where: { personId } })
}

/** The owners of a shop, who stay what they are until this transaction ends. */
export async function lockOwners(tx: Tx, merchantId: Uuid): Promise<Uuid[]> {
  const rows = await tx.$queryRaw<{ personId: Uuid }[]>`select person_id as "personId" from membership
    where merchant_id = ${merchantId}::uuid and role = 'owner' order by person_id for update`
  return rows.map(({ personId }) => personId)
}

export async function findSystemMembers(tx: Tx): Promise<{ person: Person; role: SystemRole }[]> {
  const rows = await tx.systemMember.findMany({ include: { person: true }, orderBy: { createdAt: 'asc' } })
  return rows.flatMap((row) => {
    const role = systemRoleFrom(row)
    return role ? [{ person: personFrom(row.person), role }] : []
  })
}
