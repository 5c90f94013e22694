import { beforeEach, expect, test } from "vitest";
import { plant } from "./seeds.ts";
import { database, resetRows } from "./testing/database.ts";

beforeEach(resetRows);

test("plants rows where there are none, and none where there are", async () => {
  expect(await database.connected(plant)).toBeGreaterThan(0);
  expect(await database.connected(plant)).toBe(0);
});
