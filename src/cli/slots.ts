import { posix } from "node:path";
import { Command } from "commander";
import { placeOf } from "../document/resolve.ts";
import { printable } from "../diagnostic/print.ts";
import { hasErrors } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { many } from "../pipeline/say.ts";
import type { LockedSlot } from "../slot/lock.ts";
import { exitCodes } from "./exit.ts";
import { overlayOption } from "./overlay-option.ts";
import { complain, understand } from "./understand.ts";

interface SlotsFlags {
  readonly out?: string;
  readonly config?: string;
  readonly overlay?: readonly string[];
  readonly json?: true;
  readonly forget?: readonly string[];
  readonly accept?: readonly string[];
}

/** One slot as it is told. */
interface ListedSlot {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly by?: string;
  readonly rounds?: number;
  readonly tokens?: number;
  /** Of its function, file and line. */
  readonly code: string;
  /** Of its rule in the document, file and line. */
  readonly document: string;
  readonly evidence: readonly string[];
}

/** `scaffold slots <spec>`: what of a service is business logic, and who has filled it. */
export function slotsCommand(host: Host, finish: (exitCode: number) => void): Command {
  return new Command("slots")
    .summary("list the slots, and who filled them")
    .description("Lists every slot: the typed functions that hold what no template can know.")
    .argument("<spec>", "OpenAPI 2.0, 3.0 or 3.1, as YAML or JSON")
    .option("-o, --out <folder>", "where the service is (default: generated/<name of the API>)")
    .option("--config <file>", "a config file (default: the nearest scaffold.config.ts, .js, .mjs or .json)")
    .addOption(overlayOption())
    .option("--forget <slot...>", "take the bodies of parked slots out of the lock, for good")
    .option("--accept <slot...>", "accept the bodies of stale slots under the contracts of now")
    .option("--json", "print one JSON array and nothing else")
    .action(async (spec: string, flags: SlotsFlags) => finish(await listSlots(host, spec, flags)));
}

async function listSlots(host: Host, spec: string, flags: SlotsFlags): Promise<number> {
  const { config, overlay, out, json } = flags;
  const understood = await understand(host, spec, { config, overlays: overlay, showsWarnings: false });
  if (understood === undefined) return exitCodes.invalid;
  const [
    { readSetting, defaultOut },
    { planService },
    { contractHash, lockPath, readLock, emptyLock, printLock },
    { pinnedVersions },
    { loadCel },
  ] = await Promise.all([
    import("../pipeline/setting.ts"),
    import("../plan/plan-service.ts"),
    import("../slot/lock.ts"),
    import("../package.ts"),
    import("../plan/cel/library.ts"),
  ]);
  const asked = { spec, isDryRun: true, isVerified: false, isStrict: false } as const;
  const { value: setting } = await readSetting(host, {
    ...asked,
    ...(out !== undefined && { out }),
    ...(config !== undefined && { config }),
  });
  const { document, model } = understood;
  const { value: plan } = planService(model, document, {
    ...setting.config,
    versions: pinnedVersions(),
    cel: await loadCel(model),
  });
  const folder = setting.out ?? posix.resolve(host.cwd, defaultOut(model.api.name));
  const place =
    setting.config.lock === undefined ? posix.join(folder, lockPath) : posix.resolve(host.cwd, setting.config.lock);
  const text = await textOf(host, place);
  const { value: before, diagnostics } =
    text === undefined ? { value: emptyLock, diagnostics: [] } : readLock(text, posix.relative(host.cwd, place));
  if (hasErrors(diagnostics)) return complain(host, diagnostics) ?? exitCodes.invalid;
  const { forget = [], accept = [] } = flags;
  const { changedLock } = await import("../slot/lock-changes.ts");
  const { value: lock, diagnostics: mistakes } = changedLock(before, plan, { forget, accept });
  if (hasErrors(mistakes)) return complain(host, mistakes) ?? exitCodes.invalid;
  if (lock !== before) await host.files.write(place, printLock(lock));
  const shown = posix.relative(host.cwd, folder) || ".";
  const slots: ListedSlot[] = [];
  for (const { id, kind, file, functionName, contract, pointer, isCompiled } of plan.slots) {
    const known = lock.slots.get(id);
    const isStale = known?.body !== undefined && known.state !== "parked" && known.contract !== contractHash(contract);
    const found = placeOf(document, pointer);
    // What is compiled needs no lock to be there.
    const usual = isCompiled ? ({ state: "filled", by: "document" } as const) : ({ state: "open" } as const);
    const { state, by, rounds, tokens, evidence = [] }: Partial<LockedSlot> = known ?? usual;
    slots.push({
      id,
      kind,
      state: isStale ? "stale" : (state ?? "open"),
      ...(by !== undefined && { by }),
      ...(rounds !== undefined && { rounds }),
      ...(tokens !== undefined && { tokens }),
      code: lineOf(posix.join(shown, file), functionName, await textOf(host, posix.join(folder, file))),
      document: `${found?.file ?? spec}${found?.line === undefined ? "" : `:${found.line}`}`,
      evidence,
    });
  }
  const parked = [...lock.slots].filter(([id]) => !plan.slots.some((slot) => slot.id === id));
  for (const [id, { by, evidence = [] }] of parked)
    slots.push({ id, kind: "", state: "parked", ...(by !== undefined && { by }), code: "", document: "", evidence });
  host.terminal.out(json === true ? `${JSON.stringify(slots, null, 2)}\n` : printed(slots));
  return exitCodes.done;
}

function printed(slots: readonly ListedSlot[]): string {
  if (slots.length === 0) return "There are no slots: templates know all of this service.\n";
  const rows = slots.map(({ id, kind, state, by, rounds, tokens, code, document }) => {
    const spent =
      rounds === undefined
        ? ""
        : `${rounds} ${rounds === 1 ? "round" : "rounds"}, ${(tokens ?? 0).toLocaleString("en-US")} tokens`;
    return [id, kind, state, by ?? "", spent, code, document].map(printable);
  });
  const widths = rows.reduce<readonly number[]>(
    (most, row) => row.map((cell, at) => Math.max(cell.length, most[at] ?? 0)),
    [],
  );
  const isUsed = widths.map((width) => width > 0);
  const line = (row: readonly string[]): string =>
    row
      .flatMap((cell, at) => (isUsed[at] === true ? [cell.padEnd(widths[at] ?? 0)] : []))
      .join("   ")
      .trimEnd();
  const open = slots.filter(({ state }) => state === "open").length;
  return `${rows.map(line).join("\n")}\n\n${many(slots.length, "slot")}, ${open} open\n`;
}

function lineOf(file: string, functionName: string, text: string | undefined): string {
  const at = text?.search(new RegExp(`function ${functionName}\\(`)) ?? -1;
  return at < 0 ? file : `${file}:${(text ?? "").slice(0, at).split("\n").length}`;
}

async function textOf(host: Host, file: string): Promise<string | undefined> {
  return (await host.files.kind(file)) === "file" ? host.files.read(file) : undefined;
}
