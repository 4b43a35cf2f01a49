import pg from 'pg'
import { waitFor } from './wait-for'

/**
 * Gates in the test's database at which a process stops in the middle of writing an event: everything of the move is
 * written but not committed. They stand in the way of the writer only as far as it can tell a slow database.
 */
export interface Gates {
  /** Closes a gate before an event of an order. */
  close(orderRef: string, event: string): Promise<Gate>
}

export interface Gate {
  /** Whether somebody stands at it. */
  isReached(): Promise<boolean>
  /** Opens it for everybody who comes later; whoever stands at it now is thrown out, and what they wrote with them. */
  throwOut(): Promise<void>
  /** Opens it: whoever stands at it commits, although nobody is left to hear of it. */
  letIn(): Promise<void>
}

const SETUP = `
  create table kill_gate (order_ref text not null, event text not null, key int primary key);
  create function wait_at_gate() returns trigger language plpgsql security definer as $$
  declare
    gate int;
  begin
    select g.key into gate from kill_gate g join payment p on p.order_ref = g.order_ref and g.event = new.event
    where p.merchant_id = new.merchant_id and p.id = new.payment_id;
    if found then perform pg_advisory_xact_lock_shared(gate); end if;
    return new;
  end $$;
  create trigger wait_at_gate before insert on payment_history for each row execute function wait_at_gate();`

export async function buildGates(owner: pg.Pool, databaseUrl: string): Promise<Gates> {
  await owner.query(SETUP)
  let gates = 0
  const waiting = async (key: number): Promise<number[]> => {
    const { rows } = await owner.query<{ pid: number }>(
      "select pid from pg_locks where locktype = 'advisory' and objid = $1 and not granted",
      [key],
    )
    return rows.map(({ pid }) => pid)
  }

  return {
    async close(orderRef, event) {
      const key = ++gates
      const keeper = new pg.Client({ connectionString: databaseUrl })
      await keeper.connect()
      await keeper.query('select pg_advisory_lock($1)', [key])
      await owner.query('insert into kill_gate (order_ref, event, key) values ($1, $2, $3)', [orderRef, event, key])

      const open = async (before: (pids: number[]) => Promise<void>) => {
        const pids = await waiting(key)
        await owner.query('delete from kill_gate where key = $1', [key])
        await before(pids)
        await keeper.end()
        await waitFor('those at a gate have gone', async () => {
          const { rowCount } = await owner.query(
            "select from pg_stat_activity where pid = any($1) and state <> 'idle' and query like '%_payments(%'",
            [pids],
          )
          return rowCount === 0
        })
      }
      return {
        isReached: async () => (await waiting(key)).length > 0,
        throwOut: () =>
          open(async (pids) => void (await owner.query('select pg_terminate_backend(unnest($1::int[]))', [pids]))),
        letIn: () => open(() => Promise.resolve()),
      }
    },
  }
}
