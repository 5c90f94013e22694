import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** `npm run seed` plants rows that the document's own answers can show, and leaves alone what is there. */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/an-extra-path-parameter-is-a-parent.yaml");
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

test("rows are planted once, with rows to refer to", async () => {
  const load = async (name: string) =>
    (await import(/* @vite-ignore */ pathToFileURL(join(service.folder, "src", name)).href)) as Record<
      string,
      Function
    >;
  const [{ plant }, { openDatabase }] = await Promise.all([load("seeds.ts"), load("database.ts")]);
  const database = (await openDatabase?.({})) as {
    connected(work: unknown): Promise<unknown>;
    close(): Promise<void>;
  };
  try {
    expect(await database.connected(plant)).toBe(10);
    expect(await database.connected(plant)).toBe(0);
    const photos = await database.connected(
      async ({ command }: { command(sql: string): Promise<{ rows: object[] }> }) =>
        (await command("SELECT caption, title FROM photos JOIN albums ON albums.id = album_id ORDER BY photos.id"))
          .rows,
    );
    expect(photos).toHaveLength(5);
    expect(photos).toMatchObject([{ caption: "Caption 1", title: "Title 1" }, { title: "Title 2" }, {}, {}, {}]);
  } finally {
    await database.close();
  }
});
