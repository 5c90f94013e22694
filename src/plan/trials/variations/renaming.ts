import type { Json } from "../../../document/openapi.ts";
import { isRecord } from "../../../json.ts";
import type { SlotTrial } from "../trial.ts";

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** Says what a text becomes, wherever it stands. */
export type Renaming = (text: string) => string;

/** The same trial in other words: whatever has a name in it has another one everywhere. */
export function renamed<T extends Json>(value: T, renaming: Renaming): T;
export function renamed(value: Json, renaming: Renaming): Json {
  if (typeof value === "string") return renaming(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => renamed(item, renaming));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, renamed(member, renaming)]));
}

/** Keys the other way round: what came first by its key comes last. */
export function turnedKey(text: string): string {
  if (!uuid.test(text)) return text;
  // The version and the variant stay what they are.
  return [...text].map((one, at) => (one === "-" || at === 14 || at === 19 ? one : turned(one))).join("");
}

function turned(digit: string): string {
  const other = (15 - Number.parseInt(digit, 16)).toString(16);
  return digit === digit.toLowerCase() ? other : other.toUpperCase();
}

/** Rows, inputs and what is expected, renamed alike. */
export function renamedTrial({ given, expected, ...trial }: SlotTrial, renaming: Renaming): SlotTrial {
  const { answer } = expected;
  return {
    ...trial,
    given: {
      ...given,
      caller: renaming(given.caller),
      rows: given.rows.map(({ values, ...row }) => ({ ...row, values: renamed(values, renaming) })),
      inputs: given.inputs.map((input) => {
        switch (input.kind) {
          case "nothing":
            return input;
          case "value":
            return { ...input, value: renamed(input.value, renaming) };
          case "row":
            return { ...input, key: renamed(input.key, renaming) };
          case "rows":
            return { ...input, keys: input.keys.map((key) => renamed(key, renaming)) };
        }
      }),
    },
    expected: {
      ...expected,
      answer:
        answer.kind === "equals" || answer.kind === "holds"
          ? { ...answer, value: renamed(answer.value, renaming) }
          : answer.kind === "lists"
            ? { ...answer, keys: answer.keys.map((key) => renamed(key, renaming)) }
            : answer,
      rows: expected.rows.map(({ collection, key, members }) => ({
        collection,
        key: renamed(key, renaming),
        members: renamed(members, renaming),
      })),
    },
  };
}
