import { propertyKey, memberAccess, valueLiteral, literal } from "../../render/escape.ts";
import type { CelSubject, MemberSource } from "./members.ts";

/** The constants that an expression's members have become, by their own names. */
export interface NamedMembers {
  /** Parameters of the function besides its context. */
  readonly inputs: readonly string[];
  readonly self: ReadonlyMap<string, string>;
  readonly old: ReadonlyMap<string, string>;
}

/** The statements that take an expression's members out of what its function is given. `refusal` ends a rule. */
export function prologue(subject: CelSubject, names: NamedMembers, refusal: string): readonly string[] {
  const { given, isRowOptional, self } = subject;
  const [input = "", current = ""] = names.inputs;
  const isTransition = names.old.size > 0 && isRowOptional;
  const row = isRowOptional && !isTransition ? `${current}?` : current;
  const of = (source: MemberSource) => [...names.self].filter(([name]) => self.get(name)?.source === source);
  if (given === "row" || given === "rows") return taken(input, [...names.self]);
  // As in Kubernetes: what compares with the row before says nothing where there is none.
  const unless = isTransition ? [`if (${current} === undefined) return context.accept();`] : [];
  const sent = subject.isInputOptional
    ? of("input").map(([name, local]) => `const ${local} = ${input}?${optional(name)}${usual(name, subject)};`)
    : taken(input, of("input"), self);
  const stored = row.endsWith("?")
    ? of("row").map(([name, local]) => `const ${local} = ${row}${optional(name)};`)
    : taken(current, of("row"));
  const chosen = of("either").map(([name, local]) => {
    const key = literal(name);
    return `const ${local} = ${key} in ${input} ? ${input}${memberAccess(name)} : ${row}${row.endsWith("?") ? optional(name) : memberAccess(name)};`;
  });
  const guarded = isTransition
    ? []
    : [...names.self].flatMap(([name, local]) =>
        self.get(name)?.isGuarded === true ? [`${local} === undefined`] : [],
      );
  return [
    ...unless,
    ...sent,
    ...taken(`{ ...${current}, ...${input} }`, of("merged"), self),
    ...stored,
    ...chosen,
    ...taken(current, [...names.old]),
    // A new row brings them, and a stored one has them: this is for the compiler.
    ...(guarded.length > 0 ? [`if (${guarded.join(" || ")}) return ${refusal};`] : []),
  ];
}

/** The parameter of a function of one row. */
export function rowPattern({ self }: NamedMembers): string {
  return self.size === 0 ? "" : `{ ${[...self].map(bound).join(", ")} }`;
}

function taken(
  from: string,
  members: readonly (readonly [name: string, local: string])[],
  defaults: CelSubject["self"] = new Map(),
): readonly string[] {
  if (members.length === 0) return [];
  const parts = members.map(([name, local]) => {
    const value = defaults.get(name)?.default;
    return `${bound([name, local])}${value === undefined ? "" : ` = ${valueLiteral(value)}`}`;
  });
  return [`const { ${parts.join(", ")} } = ${from};`];
}

function bound([name, local]: readonly [string, string]): string {
  return name === local ? name : `${propertyKey(name)}: ${local}`;
}

/** After a question mark. */
function optional(name: string): string {
  const access = memberAccess(name);
  return access.startsWith("[") ? `.${access}` : access;
}

function usual(name: string, { self }: CelSubject): string {
  const value = self.get(name)?.default;
  return value === undefined ? "" : ` ?? ${valueLiteral(value)}`;
}
