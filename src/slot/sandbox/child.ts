import { writeSync } from "node:fs";
import "ses";
import { callSlot } from "./call.ts";
import { asNumber } from "./cells.ts";
import type { SandboxJob } from "./job.ts";

/**
 * Runs a body that nobody has read in a compartment: without the platform, its clock and its chance, and with globals
 * that the policy allows (../gate/policy/names.ts). The process around it has no files, no environment, and little
 * time (run.ts). It answers a line for each call; who wants to know whether that is right is in another process.
 */
const globals: ReadonlySet<string> = new Set(
  (
    "undefined NaN Infinity Math Number String Boolean BigInt Object Array JSON Date Map Set Promise Error RangeError " +
    "TypeError parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent"
  ).split(" "),
);

const job = JSON.parse(await readInput()) as SandboxJob;
let hasLostPromise = false;
process.on("unhandledRejection", () => void (hasLostPromise = true));
lockdown({
  errorTaming: "safe",
  errorTrapping: "none",
  unhandledRejectionTrapping: "none",
  consoleTaming: "unsafe",
  overrideTaming: "moderate",
});
const slots = job.scripts.map(slotOf);
say("ready");
for (const slot of slots) {
  for (const call of job.calls) {
    const report = await callSlot(slot, job, call, harden);
    // Promises that fail unheard are told of once all that was waiting has run.
    await new Promise((done) => setImmediate(done));
    say(JSON.stringify({ ...report, hasLostPromise }, asNumber));
  }
}
// What is left waiting must not keep the process.
process.exit(0);

/** The function in a compartment of its own. */
function slotOf(script: string): unknown {
  const compartment = new Compartment({ __options__: true, globals: {} });
  for (const name of Object.getOwnPropertyNames(compartment.globalThis)) {
    if (!globals.has(name)) Reflect.deleteProperty(compartment.globalThis, name);
  }
  harden(compartment.globalThis);
  return compartment.evaluate(`(${script.trim().replace(/;$/, "")})`);
}

function say(text: string): void {
  writeSync(1, `${job.nonce} ${text}\n`);
}

async function readInput(): Promise<string> {
  const parts: string[] = [];
  for await (const part of process.stdin.setEncoding("utf8")) parts.push(String(part));
  return parts.join("");
}
