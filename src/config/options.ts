import { nearestName } from "../diagnostic/nearest-name.ts";
import { joinPointer } from "../diagnostic/pointer.ts";
import type { Pointer } from "../diagnostic/pointer.ts";
import { isRecord } from "../json.ts";
import type { ApiOptions, ModelOptions, PluginName, ScaffoldOptions } from "./define.ts";

/** What is wrong with an option. */
export interface OptionMistake {
  readonly pointer: Pointer;
  readonly saw: string;
  readonly fix: string;
}

interface Option {
  readonly is: (value: unknown) => boolean;
  readonly expects: string;
}

const text: Option = { is: (value) => typeof value === "string" && value !== "", expects: "a text" };
const texts: Option = { is: (value) => Array.isArray(value) && value.every(text.is), expects: "a list of texts" };
const flag: Option = { is: (value) => typeof value === "boolean", expects: "true or false" };
const port: Option = {
  is: (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536,
  expects: "a port",
};
const list: Option = { is: Array.isArray, expects: "a list" };

const apiOptions: Readonly<Record<keyof ApiOptions, Option>> = {
  spec: text,
  out: text,
  name: text,
  overlays: texts,
  lock: text,
};

const { spec: _, ...sharedOptions } = apiOptions;

const pluginNames: readonly string[] = ["cors", "rate-limit", "metrics", "tracing"] satisfies readonly PluginName[];

const options: Readonly<Record<keyof ScaffoldOptions, Option>> = {
  ...sharedOptions,
  apis: list,
  verify: flag,
  strict: flag,
  int64: choice("number", "bigint"),
  readOnly: choice("refuse", "ignore"),
  security: choice("bearer"),
  openRules: choice("pass", "refuse"),
  omit: texts,
  database: { is: isDatabase, expects: "{ schema, tablePrefix }, names of small letters, digits and _" },
  plugins: {
    is: (value) => Array.isArray(value) && value.every((one) => pluginNames.includes(String(one))),
    expects: `a list of ${pluginNames.map((name) => `"${name}"`).join(", ")}`,
  },
  port,
  model: { is: (value) => text.is(value) || isRecord(value), expects: "the name of a model, or an object" },
};

const count: Option = {
  is: (value) => Number.isInteger(value) && Number(value) > 0,
  expects: "a whole number above 0",
};
const amount: Option = { is: (value) => typeof value === "number" && value >= 0, expects: "a number" };

const modelOptions: Readonly<Record<keyof ModelOptions, Option>> = {
  name: text,
  baseUrl: text,
  keyVariable: text,
  rounds: count,
  concurrency: count,
  slotTokens: count,
  runTokens: count,
  runDollars: amount,
  price: { is: isPrice, expects: "{ input, output } in dollars for a million tokens" },
  contextTokens: count,
  timeoutSeconds: count,
};

function isDatabase(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const names = Object.entries(value);
  return names.every(
    ([key, name]) =>
      (key === "schema" || key === "tablePrefix") && typeof name === "string" && /^[a-z_][a-z\d_]{0,30}$/.test(name),
  );
}

function isPrice(value: unknown): boolean {
  return isRecord(value) && amount.is(value["input"]) && amount.is(value["output"]);
}

/** Every option of a config that is unknown or has a value that it cannot have. */
export function optionMistakes(config: unknown): readonly OptionMistake[] {
  if (!isRecord(config))
    return [{ pointer: "", saw: "A config is an object of options.", fix: "export an object from the config." }];
  const apis: unknown = config["apis"];
  const model: unknown = config["model"];
  return [
    ...mistakesIn(config, options, ""),
    ...(isRecord(model) ? modelMistakes(model) : []),
    ...(Array.isArray(apis)
      ? apis.flatMap((api: unknown, index) => apiMistakes(api, joinPointer("/apis", index)))
      : []),
  ];
}

function modelMistakes(model: Readonly<Record<string, unknown>>): readonly OptionMistake[] {
  const at = joinPointer("", "model");
  const found = mistakesIn(model, modelOptions, at);
  if (model["name"] === undefined) {
    return [{ pointer: at, saw: 'A model needs a "name".', fix: 'add "name", as the endpoint calls it.' }, ...found];
  }
  if (model["runDollars"] === undefined || model["price"] !== undefined) return found;
  const saw = '"runDollars" cannot be kept without a price.';
  return [...found, { pointer: at, saw, fix: 'add "price": { input, output } in dollars for a million tokens.' }];
}

function apiMistakes(api: unknown, at: Pointer): readonly OptionMistake[] {
  if (!isRecord(api)) return [{ pointer: at, saw: "An API is an object of options.", fix: 'write { "spec": "…" }.' }];
  const mistakes = mistakesIn(api, apiOptions, at);
  if (api["spec"] !== undefined) return mistakes;
  return [
    { pointer: at, saw: 'An API needs a "spec".', fix: 'add "spec" with the path of its document.' },
    ...mistakes,
  ];
}

function mistakesIn(holder: object, known: Readonly<Record<string, Option>>, at: Pointer): readonly OptionMistake[] {
  return Object.entries(holder).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    const pointer = joinPointer(at, name);
    if (option === undefined) return [unknownOption(name, Object.keys(known), pointer)];
    return option.is(value) ? [] : [wrongValue(name, value, option.expects, pointer)];
  });
}

function unknownOption(name: string, known: readonly string[], pointer: Pointer): OptionMistake {
  const near = nearestName(name, known);
  const fix = near === undefined ? `the options here are ${known.join(", ")}.` : `did you mean "${near}"?`;
  return { pointer, saw: `There is no option "${name}".`, fix };
}

function wrongValue(name: string, value: unknown, expects: string, pointer: Pointer): OptionMistake {
  return { pointer, saw: `"${name}" cannot be ${JSON.stringify(value) ?? typeof value}.`, fix: `write ${expects}.` };
}

function choice(...values: readonly string[]): Option {
  const expects = values.map((value) => `"${value}"`).join(" or ");
  return { is: (value) => values.some((allowed) => allowed === value), expects };
}
