import { error, type DiagnosticCode } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { nearestName } from "../diagnostic/nearest-name.ts";
import type { Origins } from "../document/origins.ts";
import { isObject, isText, member } from "../document/raw.ts";
import type { RawObject } from "../document/raw.ts";
import type { Written } from "./specification.ts";

/** Reads members of the file by type, and reports each that is not what it should be at its line. */
export class Reader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #origins: Origins;

  constructor(origins: Origins) {
    this.#origins = origins;
  }

  report(code: DiagnosticCode, { node, key }: Written, saw: string, fix?: string): undefined {
    const place = this.#origins.place(node, ...(key === undefined ? [] : [key]));
    this.diagnostics.push(error(code, { place, saw, fix }));
  }

  invalid(written: Written, saw: string, fix: string): undefined {
    return this.report("specification/invalid", written, saw, fix);
  }

  /** A mapping's members are all known, or the nearest known one is offered. */
  expectMembers(node: RawObject, known: readonly string[], what: string): void {
    for (const key of Object.keys(node).filter((name) => !known.includes(name))) {
      const near = nearestName(key, known);
      const fix = near === undefined ? `Members are ${known.join(", ")}.` : `Did you mean "${near}"?`;
      this.invalid({ node, key }, `${what} has no member "${key}".`, fix);
    }
  }

  text(node: RawObject, key: string): string | undefined {
    const value = member(node, key);
    if (value === undefined) return undefined;
    if (isText(value) && value.trim() !== "") return value;
    if (typeof value === "number") return String(value);
    return this.invalid({ node, key }, `"${key}" is not a text.`, "Write a text.");
  }

  flag(node: RawObject, key: string): boolean {
    const value = member(node, key);
    if (value === undefined || typeof value === "boolean") return value === true;
    this.invalid({ node, key }, `"${key}" is not true or false.`, "Write true or false.");
    return false;
  }

  word<Word extends string>(node: RawObject, key: string, words: readonly Word[]): Word | undefined {
    const text = this.text(node, key);
    if (text === undefined) return undefined;
    const found = words.find((word) => word === text);
    return found ?? this.invalid({ node, key }, `"${text}" is not possible here.`, `Write ${words.join(" or ")}.`);
  }

  list(node: RawObject, key: string): readonly unknown[] {
    const value = member(node, key);
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? value : [value];
  }

  /**
   * Things with names, which people write as a mapping from the name or as a list with `name` in each. What follows a
   * name is a text or a mapping; a name that occurs twice is reported, and its first meaning is kept.
   */
  named(node: RawObject, key: string, what: string): readonly Named[] {
    const value = member(node, key);
    if (value === undefined || value === null) return [];
    const found = Array.isArray(value)
      ? value.flatMap((item: unknown, at) => this.#listed(item, { node: value, key: String(at) }, what))
      : isObject(value)
        ? Object.entries(value).map(([name, item]): Named => ({ name, value: item, written: place(value, name, item) }))
        : [];
    if (found.length === 0 && !isObject(value) && !Array.isArray(value))
      this.invalid({ node, key }, `"${key}" is neither a mapping nor a list.`, `Write one ${what} a line.`);
    return this.#once(found, what);
  }

  #listed(item: unknown, written: Written, what: string): readonly Named[] {
    const name = isObject(item) ? this.text(item, "name") : undefined;
    if (name !== undefined && isObject(item)) return [{ name, value: item, written: { node: item } }];
    this.invalid(written, `This ${what} has no name.`, 'Write "name: …", or a mapping from the name.');
    return [];
  }

  #once(found: readonly Named[], what: string): readonly Named[] {
    const names = new Set<string>();
    return found.filter(({ name, written }) => {
      const isFirst = !names.has(name);
      names.add(name);
      if (!isFirst) this.report("specification/duplicate-name", written, `There is a ${what} "${name}" already.`);
      return isFirst;
    });
  }
}

export interface Named {
  readonly name: string;
  readonly value: unknown;
  readonly written: Written;
}

function place(holder: object, key: string, value: unknown): Written {
  return typeof value === "object" && value !== null ? { node: value } : { node: holder, key };
}
