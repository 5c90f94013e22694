import { posix } from "node:path";
import type { Host } from "../host.ts";
import { packageFolder } from "../package.ts";

/** A package that was found on disk. */
interface Found {
  /** Its folder, with links resolved. */
  readonly folder: string;
  readonly description: Description;
  readonly isOurs: boolean;
}

/** The part of a package.json that resolution needs. Anybody may have written it. */
interface Description {
  readonly version?: string;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * Links each dependency of the staged package into its `node_modules`: the one that the output folder has installed,
 * else the one that Node would find further up, else ours. One of another major version than the package asks for is
 * passed over. So a trial needs no installation, and agrees with what is installed.
 */
export async function linkModules(host: Host, folder: string, out: string): Promise<void> {
  const description = await readDescription(host, folder);
  const wanted = Object.entries({ ...description?.devDependencies, ...description?.dependencies });
  const found = new Map<string, Found>();
  for (const [name, range] of wanted.filter(([one]) => isPackageName(one))) {
    const place = (await findAbove(host, out, name, range)) ?? (await findOurs(host, name));
    if (place) found.set(name, place);
  }
  await replaceThoseWithoutPeers(host, found);
  for (const [name, { folder: target }] of found) {
    await host.files.link(target, posix.join(folder, "node_modules", name));
  }
}

/** A tool's script: that of the staged package, else that of ours. Undefined when neither is there. */
export async function findTool(host: Host, folder: string, name: string): Promise<string | undefined> {
  const found = (await findAbove(host, folder, name, "*")) ?? (await findOurs(host, name));
  const bin = found?.description.bin;
  const script = typeof bin === "string" ? bin : (bin?.[name] ?? Object.values(bin ?? {})[0]);
  return found && script !== undefined ? posix.join(found.folder, script) : undefined;
}

/**
 * A package looks for its peers from where it lies. If one that is linked from elsewhere can't be found from there,
 * ours is taken in its place, which has them all beside it.
 */
async function replaceThoseWithoutPeers(host: Host, found: Map<string, Found>): Promise<void> {
  for (const [name, place] of found) {
    if (place.isOurs) continue;
    const peers = Object.keys(place.description.peerDependencies ?? {}).filter(
      (peer) => found.get(peer)?.isOurs === true,
    );
    const ours = peers.length > 0 ? await findOurs(host, name) : undefined;
    if (!ours) continue;
    found.set(name, ours);
    // Those before it may have it as a peer.
    await replaceThoseWithoutPeers(host, found);
    return;
  }
}

async function findAbove(host: Host, folder: string, name: string, range: string): Promise<Found | undefined> {
  for (let at = folder; ; at = posix.dirname(at)) {
    const place = posix.join(at, "node_modules", name);
    const description = await readDescription(host, place);
    if (description && isCompatible(description.version, range)) {
      return { folder: await host.files.realPath(place), description, isOurs: false };
    }
    if (at === posix.dirname(at)) return undefined;
  }
}

async function findOurs(host: Host, name: string): Promise<Found | undefined> {
  const found = await findAbove(host, packageFolder, name, "*");
  return found && { ...found, isOurs: true };
}

async function readDescription(host: Host, folder: string): Promise<Description | undefined> {
  const file = posix.join(folder, "package.json");
  if ((await host.files.kind(file)) !== "file") return undefined;
  try {
    const value: unknown = JSON.parse(await host.files.read(file));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** The same major version, or below 1.0 the same minor one; anything that is no plain version is taken as it is. */
function isCompatible(version: string | undefined, range: string): boolean {
  const asked = breakingPart(range);
  return asked === undefined || version === undefined || breakingPart(version) === asked;
}

function breakingPart(version: string): string | undefined {
  const [, major, minor] = /^[\^~]?(\d+)\.(\d+)\./.exec(version) ?? [];
  return major === "0" ? `0.${minor}` : major;
}

/** As npm has it, so that no name leads out of `node_modules`. */
function isPackageName(name: string): boolean {
  return /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i.test(name);
}
