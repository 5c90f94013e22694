import type { Host } from "../host.ts";
import type { Finding } from "../slot/gate/finding.ts";
import { openFillWorld, type FillWorldInput } from "./fill-world.ts";
import type { Merged } from "./stages.ts";

/**
 * What the gate has against bodies that only the lock had, and against a model's whose contract has changed, by slot id.
 * A lock is a place to smuggle code through a pull request, so bodies are judged like a stranger's, whoever it says
 * filled them. A person's may use what stands beside it in its file, and is not judged by its types alone.
 */
export async function refusedBodies(
  host: Host,
  input: FillWorldInput,
  { questionable, lock }: Merged,
): Promise<ReadonlyMap<string, string>> {
  const { gate } = await openFillWorld(host, input);
  const refused = new Map<string, string>();
  for (const id of questionable) {
    const known = lock.slots.get(id);
    if (known?.body === undefined) continue;
    const { findings } = await gate.judge(id, known.body.join("\n"), known.tests);
    const against = known.by === "model" ? findings : findings.filter(isTelling);
    const [first] = against;
    if (first) refused.set(id, `${first.saw.slice(0, 1).toLowerCase()}${first.saw.slice(1).replace(/\.$/, "")}`);
  }
  return refused;
}

function isTelling({ step, isUnknown }: Finding): boolean {
  return isUnknown !== true && (step === "policy" || step === "examples");
}
