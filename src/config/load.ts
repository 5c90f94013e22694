import { dirname, join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { error } from "../diagnostic/catalog.ts";
import type { Checked, Diagnostic, Place } from "../diagnostic/diagnostic.ts";
import { jsonMistake } from "../diagnostic/json-mistake.ts";
import { positionAt, positionOf } from "../diagnostic/positions.ts";
import type { Text } from "../diagnostic/positions.ts";
import type { Host } from "../host.ts";
import { defaultConfig, withDefaults } from "./config.ts";
import type { Config } from "./config.ts";
import type { ScaffoldOptions } from "./define.ts";
import { optionMistakes } from "./options.ts";

/** The first of these that a folder has is its config. */
const fileNames = ["scaffold.config.ts", "scaffold.config.js", "scaffold.config.mjs", "scaffold.config.json"];

interface Read {
  readonly options: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** The text of a JSON config, in which an option has a line. */
  readonly text: Text | undefined;
}

/**
 * The config that is named, else the nearest one from the working folder upwards, else the defaults. On a mistake the
 * value is the defaults, so that whoever goes on regardless has a value.
 */
export async function loadConfig(host: Host, named?: string): Promise<Checked<Config>> {
  const path = named === undefined ? await findConfig(host, host.cwd) : resolve(host.cwd, named);
  if (path === undefined) return { value: defaultConfig, diagnostics: [] };
  const file = shown(host, path);
  const { options, diagnostics, text } = path.endsWith(".json")
    ? await readJson(host, file)
    : await importModule(host, path, file);
  if (diagnostics.length > 0) return { value: defaultConfig, diagnostics };
  const mistakes = optionMistakes(options).map(({ pointer, saw, fix }) => {
    const place: Place = { file, ...(text && positionOf(text, pointer)), pointer: `#${pointer}` };
    return error("config/invalid", { place, saw, fix });
  });
  if (mistakes.length > 0) return { value: defaultConfig, diagnostics: mistakes };
  const locate = (inConfig: string) => shown(host, resolve(dirname(path), inConfig));
  // Every option has just been found to be of its type.
  return { value: withDefaults(options as ScaffoldOptions, file, locate), diagnostics: [] };
}

async function findConfig(host: Host, folder: string): Promise<string | undefined> {
  for (const name of fileNames) {
    const path = join(folder, name);
    if ((await host.files.kind(path)) === "file") return path;
  }
  const above = dirname(folder);
  return above === folder ? undefined : findConfig(host, above);
}

async function readJson(host: Host, file: string): Promise<Read> {
  const content = await readText(host, file);
  if (content === undefined) return missing(file);
  const text = { file, text: content.replace(/^\uFEFF/, "") };
  const mistake = jsonMistake(text.text);
  if (mistake) return unreadable({ file, ...positionAt(text, mistake.offset) }, mistake.message);
  return { options: JSON.parse(text.text), diagnostics: [], text };
}

async function readText(host: Host, file: string): Promise<string | undefined> {
  try {
    return await host.files.read(file);
  } catch {
    // Missing, a folder, or not readable: the same to whoever named it.
    return undefined;
  }
}

/** A module is the user's own code: whatever it throws is theirs to mend. */
async function importModule(host: Host, path: string, file: string): Promise<Read> {
  if ((await host.files.kind(path)) !== "file") return missing(file);
  try {
    const module: unknown = await import(pathToFileURL(path).href);
    const options: unknown =
      typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
    return { options, diagnostics: [], text: undefined };
  } catch (cause) {
    const message = (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
    return unreadable({ file }, `It cannot be loaded: ${message.replace(/\.$/, "")}.`);
  }
}

function missing(file: string): Read {
  const fix = "check the path; it is relative to the folder that the command is run in.";
  return unreadable({ file }, `There is no file ${file} that can be read.`, fix);
}

function unreadable(place: Place, saw: string, fix?: string): Read {
  return { options: undefined, diagnostics: [error("config/unreadable", { place, saw, fix })], text: undefined };
}

/** A path as diagnostics show it: from the working folder, where it is below that. */
function shown(host: Host, path: string): string {
  const way = relative(host.cwd, path);
  return way.startsWith("..") ? path : way.replaceAll(sep, "/") || ".";
}
