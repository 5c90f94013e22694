import type { Field } from "../../model/model.ts";
import type { CelProblem } from "./check.ts";
import type { Code } from "./code.ts";

/** The code as what a field holds. */
export function answer(code: Code, field: Field): { readonly text: string } | { readonly problem: CelProblem } {
  const { type, text, wire } = code;
  const wanted = field.type;
  const isBigint = "isExact" in type && type.isExact === true;
  const isExact = /^int64$/i.test(field.schema.format ?? "");
  const number = { text: isBigint ? `Number(${text})` : text };
  const refused = {
    problem: { saw: `It answers ${words[type.kind] ?? type.kind}, and "${field.name}" is of type ${wanted.kind}.` },
  };
  switch (wanted.kind) {
    case "integer":
      return type.kind === "int" ? (isExact ? { text } : number) : refused;
    case "number":
    case "decimal":
      return type.kind === "int" || type.kind === "double" ? number : refused;
    case "boolean":
      return type.kind === "bool" ? { text } : refused;
    case "date-time":
      if (type.kind !== "timestamp") return refused;
      return { text: wire ?? `new Date(${text}).toISOString()` };
    case "enum":
    case "integer-enum": {
      const known = "literals" in type ? type.literals : undefined;
      const values: readonly unknown[] = wanted.values;
      if (known?.every((value) => values.includes(value)) === true) return { text };
      return { problem: { saw: `"${field.name}" is one of ${values.map((one) => JSON.stringify(one)).join(", ")}.` } };
    }
    case "text":
      return type.kind === "string" ? { text } : refused;
    default:
      return { problem: { saw: `"${field.name}" is of type ${wanted.kind}, which no expression answers.` } };
  }
}

const words: Readonly<Record<string, string>> = {
  int: "an integer",
  double: "a number",
  bool: "true or false",
  string: "a text",
  timestamp: "a moment",
  duration: "a duration",
  list: "a list",
};
