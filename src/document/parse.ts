import { error, warning } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { hasErrors } from "../diagnostic/diagnostic.ts";
import { jsonMistake } from "../diagnostic/json-mistake.ts";
import { repeatedJsonKeys } from "../diagnostic/json-locator.ts";
import { positionAt } from "../diagnostic/positions.ts";
import type { Text } from "../diagnostic/positions.ts";

/** `value` is undefined where the text does not parse. */
export interface Parsed {
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads YAML 1.2 or JSON. A name given twice is a warning, as the last one wins; any other mistake is an error. */
export async function parseText(text: Text): Promise<Parsed> {
  const json = parseJson(text.text);
  if (json !== undefined) return { value: json.value, diagnostics: repeatedKeys(text) };
  const { parseYaml } = await import("./parse-yaml.ts");
  const parsed = parseYaml(text);
  return text.file.endsWith(".json") && hasErrors(parsed.diagnostics) ? asJson(text, parsed) : parsed;
}

/** Who writes JSON is told of it in JSON's words. */
function asJson(text: Text, parsed: Parsed): Parsed {
  const mistake = jsonMistake(text.text);
  return mistake ? { value: undefined, diagnostics: [notYaml(text, mistake.offset, mistake.message)] } : parsed;
}

/** The text without a byte order mark, which belongs to neither YAML nor JSON (RFC 8259 §8.1). */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

export function repeatedKey(text: Text, offset: number, name: string): Diagnostic {
  return warning("document/duplicate-key", {
    place: { file: text.file, ...positionAt(text, offset) },
    saw: `"${name}" is written twice in one mapping; only the last one counts.`,
  });
}

export function notYaml(text: Text, offset: number, message: string): Diagnostic {
  const sentence = message.replace(/[.\s]*$/, ".");
  return error("document/not-yaml", { place: { file: text.file, ...positionAt(text, offset) }, saw: sentence });
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    // YAML is a superset of JSON, and its parser says where the mistake is.
    return undefined;
  }
}

function repeatedKeys(text: Text): readonly Diagnostic[] {
  return repeatedJsonKeys(text.text).map(({ name, offset }) => repeatedKey(text, offset, name));
}
