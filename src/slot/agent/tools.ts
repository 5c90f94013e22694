import type { ChatCompletionTool } from "openai/resources/chat/completions";
import type { Json } from "../../document/openapi.ts";
import { printFinding } from "../gate/finding.ts";
import type { Gate } from "../gate/gate.ts";
import type { Workspace } from "../context/workspace.ts";
import type { ToolCall } from "./endpoint.ts";

/** What a call of a tool answers: text for the model, or the candidate that it hands in. */
export type ToolAnswer = { readonly text: string } | { readonly submitted: string; readonly tests: readonly Json[] };

/** What tools work on. */
export interface ToolWorld {
  readonly workspace: Workspace;
  readonly gate: Gate;
  readonly slot: string;
}

interface Tool {
  readonly description: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Those that may be left out. */
  readonly optional?: Readonly<Record<string, string>>;
  readonly answer: (world: ToolWorld, values: Readonly<Record<string, string>>) => Promise<ToolAnswer>;
}

const longestAnswer = 12_000;
const mostFound = 40;

const code = { code: "The whole function." };

const tools: Readonly<Record<string, Tool>> = {
  submit: {
    description: "Hands in the function. It is checked, and the findings come back if there are any.",
    parameters: code,
    optional: {
      tests:
        "A JSON array of further examples, each { title, given, when, expect } as those of the document. One counts only if it fails on mistaken functions.",
    },
    answer: (_, values) => Promise.resolve({ submitted: values["code"] ?? "", tests: testsOf(values["tests"]) }),
  },
  check: {
    description: "Checks a function without running it: syntax, rules, types, lint.",
    parameters: code,
    answer: ({ gate, slot }, values) => {
      const { findings } = gate.check(slot, values["code"] ?? "");
      return Promise.resolve({ text: findings.length === 0 ? "clean" : findings.map(printFinding).join("\n") });
    },
  },
  run_tests: {
    description: "Checks a function, and runs the examples of the document on it.",
    parameters: code,
    answer: async ({ gate, slot }, values) => {
      const judged = await gate.judge(slot, values["code"] ?? "");
      return { text: judged.isClean ? judged.evidence.join("; ") : judged.findings.map(printFinding).join("\n") };
    },
  },
  read_file: {
    description: "Reads a file of the workspace.",
    parameters: { path: "Relative to the workspace." },
    answer: async ({ workspace }, values) => {
      const read = await workspace.read(values["path"] ?? "");
      return { text: "text" in read ? read.text : `Refused: ${read.refused}.` };
    },
  },
  list_files: {
    description: "Lists the files of the workspace below a folder.",
    parameters: { folder: 'Relative to the workspace; "" for all.' },
    answer: async ({ workspace }, values) => {
      const folder = (values["folder"] ?? "").replace(/^\.?\/+|\/+$/g, "");
      const found = (await workspace.list()).filter(
        (path) => folder === "" || folder === "." || path.startsWith(`${folder}/`),
      );
      return { text: found.length === 0 ? "There is nothing." : found.join("\n") };
    },
  },
  search_code: {
    description: "Finds lines of the workspace's files that hold a text.",
    parameters: { text: "What to look for; no expression." },
    answer: async ({ workspace }, values) => ({ text: await search(workspace, values["text"] ?? "") }),
  },
};

/** The tools as the protocol describes them. */
export const toolDescriptions: readonly ChatCompletionTool[] = Object.entries(tools).map(
  ([name, { description, parameters, optional = {} }]) => ({
    type: "function",
    function: {
      name,
      description,
      parameters: {
        type: "object",
        properties: Object.fromEntries(
          Object.entries({ ...parameters, ...optional }).map(([parameter, text]) => [
            parameter,
            { type: "string", description: text },
          ]),
        ),
        required: Object.keys(parameters),
        additionalProperties: false,
      },
    },
  }),
);

/** Does what a model asks for; whatever it has written, there is an answer that says what is wrong with it. */
export async function callTool(world: ToolWorld, call: ToolCall): Promise<ToolAnswer> {
  const tool = Object.hasOwn(tools, call.name) ? tools[call.name] : undefined;
  if (tool === undefined) return { text: `There is no tool ${call.name}; there are ${Object.keys(tools).join(", ")}.` };
  const values = argumentsOf(call.arguments);
  if (values === undefined) return { text: "The arguments are no JSON object of texts. Write them again." };
  const missing = Object.keys(tool.parameters).find((name) => values[name] === undefined);
  if (missing !== undefined) return { text: `The argument "${missing}" is missing.` };
  const answer = await tool.answer(world, values);
  return "text" in answer ? { text: shortened(answer.text) } : answer;
}

/** Nothing where it is no array in JSON: a body is no worse for it. */
function testsOf(text: string | undefined): readonly Json[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as readonly Json[]) : [];
  } catch {
    return [];
  }
}

function argumentsOf(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const entries = Object.entries(value).flatMap(([name, one]: [string, unknown]): readonly [string, string][] => {
      if (typeof one === "string") return [[name, one]];
      return Array.isArray(one) ? [[name, JSON.stringify(one)]] : [];
    });
    return Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}

async function search(workspace: Workspace, wanted: string): Promise<string> {
  if (wanted.trim().length < 2) return "Give a text of two characters at least.";
  const found: string[] = [];
  for (const path of await workspace.list()) {
    const read = await workspace.read(path);
    if (!("text" in read)) continue;
    for (const [at, line] of read.text.split("\n").entries()) {
      if (!line.includes(wanted)) continue;
      found.push(`${path}:${at + 1}: ${line.trim().slice(0, 200)}`);
      if (found.length >= mostFound) return `${found.join("\n")}\n… and more`;
    }
  }
  return found.length === 0 ? "Nothing is found." : found.join("\n");
}

function shortened(text: string): string {
  return text.length <= longestAnswer
    ? text
    : `${text.slice(0, longestAnswer)}\n… cut after ${longestAnswer} characters`;
}
