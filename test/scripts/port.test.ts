import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../../scripts/port.ts";

/** Listens until the test ends, on a port of the system's choice; undefined where the machine has no such address. */
function occupy(host: string): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer();
    onTestFinished(() => void server.close());
    server.on("error", () => done(undefined));
    server.listen(0, host, () => done((server.address() as AddressInfo).port));
  });
}

test.each(["127.0.0.1", "::1", "0.0.0.0"])("a port that somebody listens on at %s is not taken", async (host) => {
  const taken = await occupy(host);
  if (taken === undefined) return;
  expect(await freePort(taken)).not.toBe(taken);
});

test("a wanted port that is free is taken", async () => {
  const free = await freePort(0);
  expect(await freePort(free)).toBe(free);
});
