/** A CHECK that a column has one of some values: `"cards"."status" in ('active', 'frozen')`. */
export interface EnumCheck {
  /** What stands before `in`. */
  readonly subject: string;
  /** SQL literals. */
  readonly values: readonly string[];
}

const literal = /\s*('(?:[^']|'')*'|-?[0-9]+(?:\.[0-9]+)?|true|false)\s*(,|$)/iy;

/** Reads the condition of a CHECK; undefined for one of another form. */
export function readEnumCheck(condition: string): EnumCheck | undefined {
  const parts = /^\s*(\S[\s\S]*?)\s+in\s*\(([\s\S]*)\)\s*$/i.exec(condition);
  const [, subject, list] = parts ?? [];
  if (subject === undefined || list === undefined || !isColumn(subject)) return undefined;
  const values = readLiterals(list);
  return values && { subject, values };
}

function isColumn(text: string): boolean {
  return /^(?:"(?:[^"]|"")+"\.)?"(?:[^"]|"")+"$/.test(text);
}

function readLiterals(list: string): readonly string[] | undefined {
  const values: string[] = [];
  literal.lastIndex = 0;
  while (literal.lastIndex < list.length) {
    const [, value, separator] = literal.exec(list) ?? [];
    if (value === undefined) return undefined;
    values.push(value);
    if (separator === "") break;
  }
  return values.length > 0 ? values : undefined;
}
