import { beforeAll, describe, expect, test } from "vitest";
import { gateSlots } from "../../../src/slot/gate/slots.ts";
import { openStaticGate, type Checked } from "../../../src/slot/gate/static-gate.ts";
import { loadLogicParser } from "../../../src/slot/scan.ts";
import { generate } from "../../support/generate.ts";
import { celDocument } from "./document.ts";

/** What each expression becomes, less the constants above it. */
const compiled: Readonly<Record<string, string>> = {
  "self.count > 3": "count > 3",
  "self.count + 1 <= 2 * (self.count - 1)": "count + 1 <= 2 * (count - 1)",
  "self.count - (1 - self.count) == 0": "count - (1 - count) === 0",
  "self.count / 2 > 1": "Math.trunc(count / 2) > 1",
  "self.count % 2 == 0": "count % 2 === 0",
  "-self.count < -3": "-count < -3",
  "self.price > 3": "price > 3",
  "self.price / 2.0 >= 1.5": "price / 2 >= 1.5",
  "double(self.count) == self.price": "count === price",
  "int(self.price) == self.count": "Math.trunc(price) === count",
  "string(self.count) == self.name": "String(count) === name",
  'self.name != ""': 'name !== ""',
  '!(self.name == "a")': 'name !== "a"',
  '!self.name.startsWith("a")': '!name.startsWith("a")',
  'self.name.size() < 10 && self.name.contains("x")': '[...name].length < 10 && name.includes("x")',
  'size(self.name) > 1 || self.name.endsWith("y")': '[...name].length > 1 || name.endsWith("y")',
  'self.name.matches("^[a-z]+$")': "/^[a-z]+$/u.test(name)",
  'self.name.matches("(?i)a/b")': "/a\\/b/iu.test(name)",
  'self.name.trim().lowerAscii() == "x"': 'name.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase()) === "x"',
  'self.name.split(",").exists(one, one == "x")': 'name.split(",").some((one) => one === "x")',
  'self.state == "open"': 'state === "open"',
  'self.state in ["open"]': '["open"].includes(state)',
  'self.currency in ["EUR", "GBP"]': '["EUR", "GBP"].includes(currency)',
  "self.isHot": "isHot",
  "self.isHot == false": "!isHot",
  "!self.isHot || self.count > 1": "!isHot || count > 1",
  "self.isHot && self.count > 1 || self.count < 0": "(isHot && count > 1) || count < 0",
  "self.isHot ? self.count > 1 : self.count > 2": "(isHot ? count > 1 : count > 2)",
  "self.at > now": "Date.parse(at) > Date.parse(context.now)",
  'now - self.at < duration("1h30m")': "Date.parse(context.now) - Date.parse(at) < 5_400_000",
  'self.at + duration("500ms") != self.at': "Date.parse(at) + 500 !== Date.parse(at)",
  'self.at > timestamp("2026-01-31T00:00:00Z")': 'Date.parse(at) > Date.parse("2026-01-31T00:00:00Z")',
  "self.at.getDayOfWeek() != 0": "new Date(Date.parse(at)).getUTCDay() !== 0",
  "(now - self.at).getMinutes() > 3": "Math.trunc((Date.parse(context.now) - Date.parse(at)) / 60_000) > 3",
  "has(self.note)": "note !== undefined",
  "!has(self.note) || self.note.size() > 3": "note === undefined || [...note].length > 3",
  'has(self.note) ? self.note == "a" : self.isHot': '(note !== undefined ? note === "a" : isHot)',
  'has(self.name) && self.name == "a"': 'name === "a"',
  "has(self.until) && self.until > now": "until !== null && Date.parse(until) > Date.parse(context.now)",
  'self.tags.all(tag, tag != "")': 'tags.every((tag) => tag !== "")',
  '"a" in self.tags': 'tags.includes("a")',
  "self.tags.size() <= 3 && self.name in self.tags": "tags.length <= 3 && tags.includes(name)",
  'self.tags == ["a", "b"]': 'JSON.stringify(tags) === JSON.stringify(["a", "b"])',
  "self.parts.exists_one(part, part.size == 1)": "parts.filter((part) => part.size === 1).length === 1",
  "self.parts.all(part, !has(part.label) || part.label in self.tags)":
    "parts.every((part) => part.label === undefined || tags.includes(part.label))",
  "self.parts.map(part, part.size).exists(size, size > 3)": "parts.map((part) => part.size).some((size) => size > 3)",
  "self.parts.filter(part, has(part.label)).size() == 0":
    "parts.filter((part) => part.label !== undefined).length === 0",
  "has(self.note) && self.tags.all(tag, tag != self.note)": "note !== undefined && tags.every((tag) => tag !== note)",
  "self.parts.all(part, self.parts.exists(other, other.size >= part.size))":
    "parts.every((part) => parts.some((other) => other.size >= part.size))",
  'self.place.city == "x"': 'place.city === "x"',
  'has(self.place.street) && self.place.street != ""': 'place.street !== undefined && place.street !== ""',
  'has(self.odd__dash__name) && self.odd__dash__name != ""': 'oddName !== undefined && oddName !== ""',
  'self.tags.all(context, context != "")': 'tags.every((contextValue) => contextValue !== "")',
  'self.tags.join("-") == self.name': 'tags.join("-") === name',
  "caller.subject == self.name": "context.caller.subject === name",
  '"admin" in caller.scopes': 'context.caller.scopes.includes("admin")',
  "!has(self.open) || self.open.size() < 3": "open === undefined || Object.keys(open).length < 3",
  true: "true",
};

interface Shown {
  readonly body: string;
  readonly checked: Checked;
}

/** The body of each rule, and what our own gate says of it. */
async function bodiesOf(expressions: readonly string[], on?: readonly string[], more?: object) {
  const { files, diagnostics } = await generate(celDocument(expressions, on, more), { isFormatted: false });
  const contracts = new Map(
    files.filter(({ path }) => /contract\.ts$|services\.ts$/.test(path)).map(({ path, content }) => [path, content]),
  );
  const logic = files.find(({ path }) => path === "src/thing/thing.logic.ts");
  const parser = await loadLogicParser();
  const scan = parser.scan(logic?.content ?? "", "logic.ts").value;
  const slots = gateSlots("src/thing/thing.logic.ts", scan);
  const gate = await openStaticGate(contracts);
  const shown = scan.functions.map(({ slot = "", body: { start, end } }): [string, Shown] => {
    const body = scan.text.slice(start, end).trim();
    const own = slots.get(slot);
    if (own === undefined) throw new Error(`${slot} is no slot.`);
    return [slot, { body, checked: gate.check(own, body) }];
  });
  return { bodies: new Map(shown), told: diagnostics.filter(({ code }) => code === "cel/invalid") };
}

describe("what an expression becomes", () => {
  const expressions = Object.keys(compiled);
  let found: Awaited<ReturnType<typeof bodiesOf>>;
  beforeAll(async () => void (found = await bodiesOf(expressions)), 60_000);

  test.each(expressions.map((cel, at) => ({ cel, at })))("$cel", ({ cel, at }) => {
    const shown = found.bodies.get(`thing.rule${at}`);
    expect(found.told.map(({ saw }) => saw)).toEqual([]);
    expect(shown?.body).toContain(`return ${compiled[cel] ?? ""} ? context.accept() : context.refuse("refused"`);
    expect(shown?.checked.findings).toEqual([]);
  });
});

/** The whole of a body, by the writes that it stands before. */
const bodies = [
  {
    title: "a change is looked at together with the row",
    on: ["update"],
    cel: "self.count > self.total",
    body: [
      "const { count } = { ...current, ...thing };",
      "const { total } = current;",
      'return count > total ? context.accept() : context.refuse("refused");',
    ],
  },
  {
    title: "a replacement leaves of the row what it cannot set",
    on: ["replace"],
    cel: "self.count > self.total && has(self.note)",
    body: [
      "const { count, note } = thing;",
      "const { total } = current;",
      'return count > total && note !== undefined ? context.accept() : context.refuse("refused");',
    ],
  },
  {
    title: "what compares with the row before says nothing of a new one",
    on: ["create", "update"],
    cel: "self.count >= oldSelf.count",
    body: [
      "if (current === undefined) return context.accept();",
      "const { count } = { ...current, ...thing };",
      "const { count: oldCount } = current;",
      'return count >= oldCount ? context.accept() : context.refuse("refused", "count");',
    ],
  },
  {
    title: "a new row and a change are one rule",
    on: ["create", "update"],
    cel: 'self.count > 1 && self.currency == "EUR" && (!has(self.note) || self.note != "")',
    body: [
      'const { count, currency = "EUR", note } = { ...current, ...thing };',
      'if (count === undefined) return context.refuse("refused");',
      'return count > 1 && currency === "EUR" && (note === undefined || note !== "") ? context.accept() : context.refuse("refused");',
    ],
  },
  {
    title: "a new row and its replacement are one rule",
    on: ["create", "replace"],
    cel: "self.count > 1",
    body: ["const { count } = thing;", 'return count > 1 ? context.accept() : context.refuse("refused", "count");'],
  },
  {
    title: "what is deleted is the row",
    on: ["delete"],
    cel: 'self.state == "done" && self.total == 0',
    body: [
      "const { state, total } = thing;",
      'return state === "done" && total === 0 ? context.accept() : context.refuse("refused");',
    ],
  },
  {
    title: "a value that is computed on read is computed for each row",
    on: undefined,
    more: { kind: "field", field: "total" },
    cel: "self.count * 2 + self.tags.size()",
    body: ["return things.map(({ count, tags }) => count * 2 + tags.length);"],
  },
  {
    title: "a value that is stored is computed before the write",
    on: ["create"],
    more: { kind: "value", field: "total" },
    cel: "self.isHot ? 1 : self.count",
    body: ["const { isHot, count } = thing;", "return isHot ? 1 : count;"],
  },
];

test.each(bodies)("$title", async ({ on, cel, body, more }) => {
  const found = await bodiesOf([cel], on, more);
  expect(found.told).toEqual([]);
  const shown = found.bodies.get("thing.rule0");
  expect(shown?.body.split("\n").map((line) => line.trim())).toEqual(body);
  expect(shown?.checked.findings).toEqual([]);
});

/** What cannot be compiled, and what its author is told. */
const wrong = [
  { cel: "self.count >", saw: "It ends where something must follow." },
  { cel: "self.count = 3", saw: "Unexpected character: =." },
  { cel: '"open', saw: "Unterminated string." },
  { cel: "self.cuont > 3", saw: 'There is no member "cuont".', fix: 'Did you mean "count"?' },
  { cel: "self.place.town == 'x'", saw: 'There is no member "town".' },
  { cel: "self.parts.all(part, part.siez > 1)", saw: 'There is no member "siez".', fix: 'Did you mean "size"?' },
  { cel: "has(self.nothing)", saw: 'There is no member "nothing".' },
  { cel: "total > 3", saw: 'There is no variable "total".', fix: "There are self, caller, now." },
  { cel: "oldSelf.count > 3", saw: "There is no oldSelf: no row is there before the write." },
  { cel: "self.total > 3", saw: 'There is no member "total".' },
  { cel: "self.count", saw: "It answers int, and a rule answers true or false." },
  { cel: "self.name > 3", saw: "No such overload: string > int." },
  { cel: "self.count && self.isHot", saw: "Logical operator requires bool operands, got 'int'." },
  { cel: "self.note.size() > 3", saw: "self.note may have no value.", fix: "has(self.note)" },
  { cel: "has(self.note) || self.note.size() > 3", saw: "self.note may have no value." },
  { cel: "self.until > now", saw: "self.until may have no value." },
  { cel: "has(self.place.street) && self.tags.all(tag, tag != self.place.street)", saw: "may have no value." },
  { cel: 'self.state == "closed"', saw: 'It is never "closed"; it is one of "open", "done".' },
  { cel: "self.tags[0] == 'a'", saw: "Elements are not taken by their place" },
  { cel: "self.place == self.place", saw: "No such overload" },
  { cel: "self.count / self.count > 1", saw: "An integer is divided by what may be zero" },
  { cel: "self.count % 0 == 1", saw: "An integer is divided by what may be zero" },
  { cel: "self.count > 9007199254740993", saw: "is beyond the integers" },
  { cel: "self.name.matches(self.name)", saw: "matches() takes an expression that stands here." },
  { cel: 'self.name.matches("(?P<x>a)")', saw: "It is no regular expression that JavaScript has too." },
  { cel: 'self.name.matches("^(a+)+$")', saw: "Matching it can take time without bound." },
  { cel: 'self.name.substring(1) == "a"', saw: "substring() is not compiled here." },
  { cel: "timestamp(self.name) > now", saw: "is a timestamp." },
  { cel: 'duration("1 day") > duration("1h")', saw: "A duration is written as" },
  { cel: "type(self.count) == int", saw: "type() is not compiled here." },
  { cel: "has(self.open) && self.open.size() > self.open.x", saw: 'What "x" is, the document does not say.' },
  { cel: "self.size() > 3", saw: "" },
  { cel: "process.exit(1) == 1", saw: 'There is no variable "process".' },
  { cel: 'self.constructor == "x"', saw: 'There is no member "constructor".' },
];

describe("what cannot be compiled", () => {
  let told: Awaited<ReturnType<typeof bodiesOf>>["told"];
  let bodiesFound: Awaited<ReturnType<typeof bodiesOf>>["bodies"];
  beforeAll(async () => {
    ({ told, bodies: bodiesFound } = await bodiesOf(wrong.map(({ cel }) => cel)));
  }, 60_000);

  test.each(wrong.map((one, at) => ({ ...one, at })))("$cel", ({ saw, fix, at }) => {
    const own = told.find((one) => one.saw.includes(`thing.rule${at} `));
    expect(own?.saw).toContain(saw);
    if (fix !== undefined) expect(own?.fix).toContain(fix);
    expect(own?.place?.pointer).toBe(`#/components/schemas/Thing/x-business-rules/${at}/cel`);
    expect(bodiesFound.get(`thing.rule${at}`)?.body).toContain("// Open: lets every request pass");
  });

  test("PUT and PATCH that mean different things", async () => {
    const { told: doubts } = await bodiesOf(["!has(self.note) || self.isHot"], ["update", "replace"]);
    expect(doubts[0]?.saw).toContain(
      'PUT /things/{id} clears "note" by leaving it out, and PATCH /things/{id} keeps it',
    );
  });

  test("an effect", async () => {
    const { told: effects } = await bodiesOf(["self.isHot"], ["create"], { kind: "effect" });
    expect(effects[0]?.saw).toContain('A slot of kind "effect" is no expression.');
  });
});
