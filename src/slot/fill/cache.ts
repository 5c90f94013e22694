import { posix } from "node:path";
import { hashOf } from "../../hash.ts";
import type { Json } from "../../document/openapi.ts";
import type { Host } from "../../host.ts";
import { isRecord } from "../../json.ts";

/** A body that has passed the gate, and what it took to get it. */
export interface PassedBody {
  readonly contract: string;
  readonly body: readonly string[];
  readonly by: string;
  readonly tests?: readonly Json[];
  readonly rounds: number;
  readonly tokens: number;
}

/**
 * Bodies that have passed, outside of the target and of what is committed, so that an interrupt or a later failure
 * costs nothing twice. Whoever takes one has it judged again.
 */
export interface PassedBodies {
  find(slot: string, contract: string): Promise<PassedBody | undefined>;
  keep(slot: string, body: PassedBody): Promise<void>;
  /** It has passed the gate, and not what came after. */
  forget(slot: string, contract: string): Promise<void>;
}

export function passedBodies(host: Host, workspace: string): PassedBodies {
  const fileOf = (slot: string, contract: string) =>
    posix.join(workspace, ".scaffold", "slots", `${hashOf(slot, contract).slice(0, 32)}.json`);
  return {
    async find(slot, contract) {
      const file = fileOf(slot, contract);
      if ((await host.files.kind(file)) !== "file") return undefined;
      const value = parsed(await host.files.read(file));
      return isPassedBody(value) && value.contract === contract ? value : undefined;
    },
    forget: (slot, contract) => host.files.remove(fileOf(slot, contract)),
    async keep(slot, body) {
      await host.files.write(fileOf(slot, body.contract), `${JSON.stringify(body, null, 2)}\n`);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPassedBody(value: unknown): value is PassedBody {
  return (
    isRecord(value) &&
    typeof value["contract"] === "string" &&
    typeof value["by"] === "string" &&
    typeof value["rounds"] === "number" &&
    typeof value["tokens"] === "number" &&
    (value["tests"] === undefined || Array.isArray(value["tests"])) &&
    Array.isArray(value["body"]) &&
    value["body"].every((line) => typeof line === "string")
  );
}
