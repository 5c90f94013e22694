import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createNodeHost } from "../../src/host-node.ts";
import { migrate, type MigrateOptions, type MigrationResult } from "../../src/migrate/migration.ts";
import type { Checked } from "../../src/diagnostic/diagnostic.ts";
import { packageFolder } from "../../src/package.ts";

const head = `import { sql } from "drizzle-orm";
import * as pg from "drizzle-orm/pg-core";
`;

/** A folder that holds tables and their migrations, and nothing else of a service. */
export interface Service {
  readonly folder: string;
  /** Replaces the tables: source text by name, without imports. */
  define(tables: Readonly<Record<string, string>>): Promise<void>;
  migrate(options?: Partial<MigrateOptions>): Promise<Checked<MigrationResult>>;
  remove(): Promise<void>;
}

export async function createService(): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), "migrate-"));
  await symlink(join(packageFolder, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), `{ "type": "module" }`);
  const host = createNodeHost({ cwd: folder });
  return {
    folder,
    async define(tables) {
      await rm(join(folder, "src"), { recursive: true, force: true });
      for (const [name, text] of Object.entries(tables)) {
        const file = join(folder, "src", name, `${name}.table.ts`);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, head + text);
      }
    },
    migrate: (options = {}) =>
      migrate(
        host,
        { folder },
        { tablesChanged: true, isSealed: true, former: { tables: {}, columns: {} }, ...options },
      ),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Runs every migration on an empty database, one statement after another as a service does when it starts, then looks
 * at the rows; nothing of it stays. Rows that are given come into it after the migration that is named.
 */
export async function apply(
  files: MigrationResult["files"],
  look: (database: PGlite) => Promise<void> = async () => {},
  given?: { readonly after: string; readonly rows: string },
): Promise<void> {
  database ??= await PGlite.create();
  await database.query("BEGIN");
  try {
    for (const file of files.filter(({ path }) => path.endsWith(".sql"))) {
      for (const statement of file.content.split("--> statement-breakpoint")) await database.query(statement);
      if (file.path === given?.after) await database.exec(given.rows);
    }
    await look(database);
  } finally {
    await database.query("ROLLBACK");
  }
}

let database: PGlite | undefined;
