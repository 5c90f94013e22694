import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** The wanted port if nobody listens on it, else one that is free; any that is free for 0. */
export async function freePort(wanted: number): Promise<number> {
  // A browser may take localhost for either.
  const isTaken =
    wanted !== 0 && (await Promise.all([isUsed(wanted, "127.0.0.1"), isUsed(wanted, "::1")])).includes(true);
  const found = await listenOnce(isTaken ? 0 : wanted, "127.0.0.1");
  if (found.port === undefined) throw new Error(`No port is free: ${found.code ?? "unknown"}.`);
  return found.port;
}

async function isUsed(port: number, host: string): Promise<boolean> {
  return (await listenOnce(port, host)).code === "EADDRINUSE";
}

/** The port that was listened on for a moment, or why that was not possible. */
function listenOnce(port: number, host: string): Promise<{ readonly port?: number; readonly code?: string }> {
  return new Promise((done) => {
    const server = createServer();
    server.on("error", (cause: NodeJS.ErrnoException) => done({ code: cause.code ?? cause.message }));
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      server.close(() => done({ port: address.port }));
    });
  });
}
