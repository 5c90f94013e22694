/** What of a JSON Schema the meaning of a text depends on. */
export interface TextSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly TextSchema[];
  readonly oneOf?: readonly TextSchema[];
  readonly allOf?: readonly TextSchema[];
  readonly items?: TextSchema;
  readonly properties?: Readonly<Record<string, TextSchema>>;
  readonly default?: unknown;
}

/** The texts that were given under each name. */
export type Texts = ReadonlyMap<string, readonly string[]>;

/** All texts under each name, as a query string or a form has them. */
export function textsByName(pairs: Iterable<readonly [string, string]>): Texts {
  const texts = new Map<string, string[]>();
  for (const [name, text] of pairs) {
    const known = texts.get(name);
    if (known === undefined) texts.set(name, [text]);
    else known.push(text);
  }
  return texts;
}

/** What the texts say by the schema. Texts that do not fit it stay as they are, and validation refuses them. */
export function decodeTexts(texts: readonly string[], schema: TextSchema): unknown {
  const [text, ...others] = texts;
  if (text === "" && others.length === 0 && takesEmptyText(schema)) return "";
  if (typesOf(schema).includes("array")) return texts.map((one) => decodeText(one, itemsOf(schema)));
  return text === undefined || others.length > 0 ? texts : decodeText(text, schema);
}

function decodeText(text: string, schema: TextSchema): unknown {
  const types = typesOf(schema);
  if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.includes("integer") && /^-?(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)))
    return Number(text);
  if (types.includes("number") && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return Number(text);
  return text;
}

/** Decodes texts under names such as `a`, `a[]`, `a[0]` and `a[b][c]` to the object that the brackets describe. */
export function decodeMembers(texts: Texts, schema: TextSchema): Record<string, unknown> {
  const root = emptyTree();
  for (const [name, values] of texts) {
    const path = membersOf(schema).has(name) ? [name] : pathOf(name);
    let tree = root;
    for (const part of path) {
      const next = tree.members.get(part) ?? emptyTree();
      tree.members.set(part, next);
      tree = next;
    }
    tree.texts.push(...values);
  }
  return decodeObject(root, schema);
}

interface Tree {
  readonly texts: string[];
  readonly members: Map<string, Tree>;
}

function emptyTree(): Tree {
  return { texts: [], members: new Map() };
}

/** The names inside the brackets, eight deep at most. */
function pathOf(name: string): readonly string[] {
  const [, first, brackets = ""] = /^([^[\]]+)((?:\[[^[\]]*\]){0,8})$/.exec(name) ?? [];
  if (first === undefined) return [name];
  return brackets === "" ? [first] : [first, ...brackets.slice(1, -1).split("][")];
}

function decodeObject({ members }: Tree, schema: TextSchema): Record<string, unknown> {
  const schemas = membersOf(schema);
  return Object.fromEntries([...members].map(([name, member]) => [name, decodeTree(member, schemas.get(name) ?? {})]));
}

function decodeTree(tree: Tree, schema: TextSchema): unknown {
  const { texts, members } = tree;
  if (members.size === 0) return decodeTexts(texts, schema);
  if (!typesOf(schema).includes("array")) return texts.length === 0 ? decodeObject(tree, schema) : texts;
  const unnumbered = [...texts, ...(members.get("")?.texts ?? [])].map((text) => decodeText(text, itemsOf(schema)));
  const numbered = [...members].filter(([name]) => name !== "").map(([, item]) => decodeTree(item, itemsOf(schema)));
  return [...unnumbered, ...numbered];
}

/** All types that a value of this schema can have. */
export function typesOf(schema: TextSchema): readonly string[] {
  const own = schema.type === undefined || "const" in schema ? typesOfValues(schema) : [schema.type].flat();
  return [...own, ...partsOf(schema).flatMap(typesOf)];
}

function typesOfValues(schema: TextSchema): readonly string[] {
  if (schema.properties !== undefined) return ["object"];
  return [...(schema.enum ?? []), ...("const" in schema ? [schema.const] : [])].map((value) =>
    Number.isInteger(value) ? "integer" : typeof value,
  );
}

/** Beside a list, an empty text is one of its own, which says that there is none. */
function takesEmptyText(schema: TextSchema): boolean {
  return schema.enum?.includes("") === true || partsOf(schema).some(takesEmptyText);
}

function itemsOf(schema: TextSchema): TextSchema {
  return [schema, ...partsOf(schema)].find(({ items }) => items !== undefined)?.items ?? {};
}

/** The schemas of an object's members. */
export function membersOf(schema: TextSchema): ReadonlyMap<string, TextSchema> {
  return new Map([
    ...partsOf(schema).flatMap((part) => [...membersOf(part)]),
    ...Object.entries(schema.properties ?? {}),
  ]);
}

function partsOf({ anyOf = [], oneOf = [], allOf = [] }: TextSchema): readonly TextSchema[] {
  return [...anyOf, ...oneOf, ...allOf];
}
