import { expect, test, vi } from "vitest";
import { openDatabase } from "../../generated/ledger/src/database.ts";

vi.mock("pg", () => ({
  Pool: class {
    on(): void {}
    connect(): Promise<never> {
      return Promise.reject(new Error("timeout exceeded when trying to connect"));
    }
  },
}));

/** Every service has this module as it is in the twin. The driver's error has no code that would tell it from a bug. */
test("a pool that has no connection to give is a database that does not answer, and no mistake of the service", async () => {
  await expect(openDatabase({ url: "postgres://localhost/any" })).rejects.toMatchObject({
    name: "Failure",
    kind: "unavailable",
    cause: { message: "timeout exceeded when trying to connect" },
  });
});
