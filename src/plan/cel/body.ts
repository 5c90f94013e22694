import { warning } from "../../diagnostic/catalog.ts";
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { joinPointer } from "../../diagnostic/pointer.ts";
import { placeOf } from "../../document/resolve.ts";
import type { Slot } from "../../model/model.ts";
import { UniqueNames, localName } from "../../model/names.ts";
import { literal } from "../../render/escape.ts";
import { fieldOf, type PlanContext } from "../context.ts";
import { rememberedByName } from "../remember.ts";
import { Imports } from "../views/imports.ts";
import { refusalCodes, slotInputs } from "../views/signatures.ts";
import { answer } from "./answer.ts";
import { checkCel, type CelProblem } from "./check.ts";
import { levels, type Code } from "./code.ts";
import { compile } from "./expression.ts";
import { celSubject, type CelSubject } from "./members.ts";
import { prologue, rowPattern, type NamedMembers } from "./prologue.ts";
import type { Surroundings } from "./scope.ts";
import { ownName, type CelMembers, type CelType } from "./types.ts";

/** The statements that a slot's expression has become; or why it has become none. */
export type CelBody =
  | { readonly statements: readonly string[]; readonly problem?: undefined }
  | { readonly problem: CelProblem; readonly statements?: undefined };

/** Undefined for a slot that is not stated in CEL. */
export const celBody: (context: PlanContext, id: string) => CelBody | undefined = rememberedByName((context, id) => {
  const slot = context.slot(id);
  return slot.cel === undefined ? undefined : compiledSlot(slot, slot.cel, context);
});

/** What is wrong with the expressions of a document. Their slots are open, as if they had a text alone. */
export function celDiagnostics(context: PlanContext): readonly Diagnostic[] {
  return context.model.slots.flatMap((slot) => {
    const problem = celBody(context, slot.id)?.problem;
    if (problem === undefined) return [];
    const { saw, fix, range } = problem;
    const at = range === undefined ? "" : `, at character ${range.start + 1}`;
    const place = placeOf(context.document, joinPointer(slot.pointer, "cel"));
    const shown = `The CEL of ${slot.id} is not compiled${at}: ${saw} The slot is open.`;
    return [warning("cel/invalid", { place, saw: shown, fix })];
  });
}

function compiledSlot(slot: Slot, expression: string, context: PlanContext): CelBody {
  if (slot.kind !== "rule" && slot.kind !== "value" && slot.kind !== "field") {
    return {
      problem: { saw: `A slot of kind "${slot.kind}" is no expression.`, fix: "State it in words, under rule." },
    };
  }
  const library = context.options.cel;
  if (library === undefined) throw new Error(`Nothing reads the CEL of ${slot.id}.`);
  const subject = celSubject(slot, context);
  const checked = checkCel(library, expression, variablesOf(subject));
  if ("problem" in checked) return checked;
  if (slot.kind === "rule" && checked.type !== "bool") {
    return { problem: { saw: `It answers ${checked.type}, and a rule answers true or false.` } };
  }
  const problems: CelProblem[] = [];
  const report = (problem: CelProblem) => void problems.push(problem);
  const names = namedMembers(slot, subject, context, report);
  const code = compile(checked.ast, {
    ...names.surroundings,
    compile,
    growthOf: library.growthOf,
    variables: new Map(),
    present: new Set(),
  });
  const [problem] = problems;
  if (problem) return { problem };
  return ending(slot, code, subject, names, context);
}

function variablesOf({ self, old }: CelSubject): ReadonlyMap<string, CelType> {
  const caller: CelMembers = new Map([
    ["subject", { type: { kind: "string" }, canBeMissing: false, canBeNull: false }],
    ["scopes", { type: { kind: "list", items: { kind: "string" } }, canBeMissing: false, canBeNull: false }],
  ]);
  return new Map<string, CelType>([
    ["self", { kind: "object", members: self }],
    ...(old === undefined ? [] : [["oldSelf", { kind: "object", members: old }] as const]),
    ["caller", { kind: "object", members: caller }],
    ["now", { kind: "timestamp" }],
  ]);
}

interface Naming extends NamedMembers {
  readonly surroundings: Omit<Surroundings, "growthOf">;
}

/** Gives each member that is used a constant of its own, which the compiler can follow into functions. */
function namedMembers(
  slot: Slot,
  subject: CelSubject,
  context: PlanContext,
  report: (problem: CelProblem) => void,
): Naming {
  const inputs = slotInputs(slot, context, new Imports(), "logic").map(({ name }) => name);
  const names = new UniqueNames();
  for (const taken of ["context", ...inputs]) names.take(taken);
  const self = new Map<string, string>();
  const old = new Map<string, string>();
  const named = (of: Map<string, string>, name: string, wanted: string): string => {
    const known = of.get(name) ?? names.take(localName(wanted));
    of.set(name, known);
    return known;
  };
  const member = (of: "self" | "oldSelf", written: string): Code | undefined => {
    const members = of === "self" ? subject.self : subject.old;
    const name = members && ownName(members, written);
    const found = name === undefined ? undefined : members?.get(name);
    if (name === undefined || found === undefined) return undefined;
    const doubt = of === "self" ? subject.doubt(name) : undefined;
    if (doubt !== undefined) report({ saw: doubt });
    const text = of === "self" ? named(self, name, name) : named(old, name, `old ${name}`);
    const { type, canBeMissing, canBeNull } = found;
    return { text, type, level: levels.call, path: `${of}.${written}`, canBeMissing, canBeNull };
  };
  return { inputs, self, old, surroundings: { member, local: (name) => names.take(localName(name)), report } };
}

function ending(slot: Slot, code: Code, subject: CelSubject, names: NamedMembers, context: PlanContext): CelBody {
  const refusal = refusalOf(slot, subject, names);
  const start = prologue(subject, names, refusal);
  if (slot.kind === "rule") {
    const condition = code.level < levels.or ? `(${code.text})` : code.text;
    return { statements: [...start, `return ${condition} ? context.accept() : ${refusal};`] };
  }
  const field = fieldOf(context.entity(slot.entity ?? ""), slot.field ?? "");
  const answered = answer(code, field);
  if ("problem" in answered) return answered;
  if (slot.kind === "value") return { statements: [...start, `return ${answered.text};`] };
  const value = answered.text.startsWith("{") ? `(${answered.text})` : answered.text;
  return { statements: [`return ${names.inputs[0] ?? ""}.map((${rowPattern(names)}) => ${value});`] };
}

/** Blames the member of the request that it asks for, where that is one alone. */
function refusalOf(slot: Slot, { self }: CelSubject, names: NamedMembers): string {
  const [code = ""] = refusalCodes(slot);
  const [only, ...others] = [...names.self.keys()];
  const isSent = only !== undefined && others.length === 0 && self.get(only)?.source !== "row";
  return `context.refuse(${literal(code)}${isSent ? `, ${literal(only)}` : ""})`;
}
