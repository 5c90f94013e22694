import { headersOf, pause, started } from "../running.ts";
import { clients, type Answer } from "./clients.ts";
import { rowsOf, type KillablePostgres } from "./postgres.ts";
import { expectOnly, expectThat, told } from "./promises.ts";

/** The service of specs/ledger.yaml, with its logic. */
export interface Place {
  readonly cwd: string;
  readonly postgres: KillablePostgres;
}

const owners = 10;
/** Few, so that nearly all writes want a row that another one has. */
const accounts = 20;
const initial = 1_000_000;
const base = "/v1";

/** Two hundred clients move money between twenty accounts, and change and reverse meanwhile what the others moved. */
export async function conflicting({ cwd, postgres }: Place): Promise<void> {
  const title = "200 clients, conflicting writes";
  const database = await postgres.createDatabase("conflicting");
  await using service = await started({ cwd, file: "src/server.ts", database });
  const load = clients(service.address, 200, await writesOf(database, () => load.answers));
  await pause(15_000);
  const answers = await load.stop();
  told(title, answers);
  // 409 is this document's word for a change that lost against others, and for a reversal that comes too late.
  expectOnly(title, answers, [200, 201, 409, 503]);
  const committed = answers.filter(({ status }) => status === 200 || status === 201).length;
  console.log(`  ${((100 * committed) / answers.length).toFixed(1)} % of ${answers.length} writes were committed`);
  expectThat(committed * 2 >= answers.length, `${title}: less than half were committed`);
  await expectConserved(title, database, answers);
}

/** The server of the database is killed in the middle, and comes back. */
export async function killed({ cwd, postgres }: Place): Promise<void> {
  const title = "PostgreSQL killed and started again";
  const database = await postgres.createDatabase("killed");
  await using service = await started({ cwd, file: "src/server.ts", database });
  const load = clients(service.address, 16, await writesOf(database, () => load.answers));
  await pause(3_000);
  await postgres.kill();
  await pause(500);
  const ready = await fetch(`${service.address}/ready`);
  const health = await fetch(`${service.address}/health`);
  await pause(1_500);
  await postgres.startAgain();
  const startedAt = performance.now();
  await pause(6_000);
  const answers = await load.stop();
  told(title, answers);
  expectOnly(title, answers, [200, 201, 409, 503]);
  expectThat(
    answers.some(({ status }) => status === 503),
    `${title}: nobody was told so`,
  );
  expectThat(ready.status === 503, `${title}: /ready answered ${ready.status} without it`);
  expectThat(health.status === 200, `${title}: /health answered ${health.status} without it`);
  const afterwards = answers.filter(({ sentAt }) => sentAt > startedAt + 2_000);
  expectOnly(`${title}, 2 s later`, afterwards, [200, 201, 409]);
  expectThat(
    afterwards.some(({ status }) => status === 201),
    `${title}: nothing is written again`,
  );
  await expectConserved(title, database, answers);
}

interface Transfer {
  readonly id: string;
  readonly fromAccountId: string;
}

/** Mostly transfers; each fifth write renames an account, and each tenth reverses a transfer of a while ago. */
export async function writesOf(
  database: string,
  known: () => readonly Answer[],
): Promise<Parameters<typeof clients>[2]> {
  const ids = Array.from(
    { length: accounts },
    (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
  );
  await rowsOf(
    database,
    `INSERT INTO customers (id, subject, name, email, kind)
       SELECT md5('customer' || n)::uuid, 'owner ' || n, 'Owner', 'owner' || n || '@example.com', 'person'
       FROM generate_series(0, ${owners - 1}) n;
     INSERT INTO accounts (id, customer_id, name, currency, balance)
       SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, md5('customer' || n % ${owners})::uuid, 'Account', 'EUR', ${initial}
       FROM generate_series(0, ${accounts - 1}) n`,
  );
  const headers = await Promise.all(Array.from({ length: owners }, (_, owner) => headersOf(`owner ${owner}`)));
  return (client, turn) => {
    // A fixed walk over pairs of accounts, in which all clients cross.
    const from = (client * 7 + turn * 3) % accounts;
    const to = (from + 1 + ((client + turn) % (accounts - 1))) % accounts;
    const own = headers[from % owners] ?? {};
    const earlier = turn % 10 === 9 ? transferOf(known().at(-50)) : undefined;
    if (earlier !== undefined) {
      const owner = headers[ids.indexOf(earlier.fromAccountId) % owners] ?? {};
      const { "content-type": _, ...bare } = owner;
      return { method: "POST", path: `${base}/transfers/${earlier.id}/reverse`, headers: bare };
    }
    if (turn % 5 === 4)
      return {
        method: "PATCH",
        path: `${base}/accounts/${ids[from]}`,
        headers: own,
        body: { name: `Account ${turn}` },
      };
    const body = {
      fromAccountId: ids[from],
      toAccountId: ids[to],
      amount: 1 + ((client * turn) % 100),
      currency: "EUR",
    };
    return { method: "POST", path: `${base}/transfers`, headers: own, body };
  };
}

function transferOf(answer: Answer | undefined): Transfer | undefined {
  return answer?.status === 201 ? (answer.body as Transfer) : undefined;
}

/** Money is where the stored transfers took it, none came or went, and every acknowledged transfer is stored. */
export async function expectConserved(title: string, database: string, answers: readonly Answer[]): Promise<void> {
  const wrong = await rowsOf<{ id: string }>(
    database,
    `SELECT a.id FROM accounts a WHERE a.balance <> ${initial}
       + (SELECT coalesce(sum(amount), 0) FROM transfers WHERE to_account_id = a.id AND status = 'settled')
       - (SELECT coalesce(sum(amount), 0) FROM transfers WHERE from_account_id = a.id AND status = 'settled')`,
  );
  expectThat(wrong.length === 0, `${title}: ${wrong.length} balances are not what the transfers make of them`);
  const [all] = await rowsOf<{ sum: string }>(database, "SELECT sum(balance) FROM accounts");
  expectThat(Number(all?.sum) === accounts * initial, `${title}: ${all?.sum} are left of ${accounts * initial}`);
  const rows = await rowsOf<{ id: string; status: string }>(database, "SELECT id, status FROM transfers");
  const stored = new Map(rows.map(({ id, status }) => [id, status]));
  const lost = answers.flatMap((answer) => transferOf(answer) ?? []).filter(({ id }) => !stored.has(id));
  expectThat(lost.length === 0, `${title}: ${lost.length} acknowledged transfers are not stored`);
  const reversed = answers.filter(({ status, asked }) => status === 200 && asked.path.endsWith("/reverse"));
  const kept = reversed.filter(({ body }) => stored.get((body as Transfer).id) !== "reversed");
  expectThat(kept.length === 0, `${title}: ${kept.length} acknowledged reversals are not stored`);
}
