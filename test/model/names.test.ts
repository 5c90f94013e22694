import { expect, test } from "vitest";
import {
  columnName,
  nameOf,
  nounKey,
  singularOf,
  tableName,
  typeName,
  UniqueNames,
  variableName,
  wordsOf,
} from "../../src/model/names.ts";

test.each([
  ["billingAddress_id", ["billing", "Address", "id"]],
  ["SSHKey", ["SSH", "Key"]],
  ["userIDs", ["user", "IDs"]],
  ["api.v2010.account", ["api", "v2010", "account"]],
  ["hate/threatening", ["hate", "threatening"]],
  ["Collection«GrantedAuthority»", ["Collection", "Granted", "Authority"]],
  ["préférence", ["preference"]],
])("%s is made of words", (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test("other scripts stay distinct", () => {
  expect(variableName("名前")).not.toBe(variableName("住所"));
  expect(variableName("名前")).toMatch(/^[a-z]\w*$/);
});

test.each([
  ["class", "classValue"],
  ["__proto__", "protoValue"],
  ["constructor", "constructorValue"],
  ["0", "the0"],
  ["", "the"],
  ["first-name", "firstName"],
])("the variable for %j is safe", (text, name) => {
  expect(variableName(text)).toBe(name);
});

test.each([
  ["Error", "ErrorEntity"],
  ["Date", "DateEntity"],
  ["record", "RecordEntity"],
  ["2fa", "The2fa"],
])("the type for %j hides no global", (text, name) => {
  expect(typeName(text)).toBe(name);
});

test.each([
  ["status", "status"],
  ["addresses", "address"],
  ["news", "news"],
  ["categories", "category"],
  ["analytics", "analytics"],
])("%s is the singular of %s", (plural, singular) => {
  expect(singularOf(plural)).toBe(singular);
});

test("a name that is its own plural still has two", () => {
  const { variable, plural } = nameOf(["news"]);
  expect(plural).not.toBe(variable);
});

test("nouns are compared without case, separators and number", () => {
  expect(nounKey("PetTypes")).toBe(nounKey("pet-type"));
});

test("names of SQL keep within 63 bytes and stay distinct", () => {
  const long = "a_very_long_name_".repeat(8);
  expect(columnName(`${long}x`).length).toBeLessThanOrEqual(63);
  expect(columnName(`${long}x`)).not.toBe(columnName(`${long}y`));
  expect(tableName(["42"])).toMatch(/^[a-z]/);
});

test("a taken name is numbered", () => {
  const names = new UniqueNames();
  expect([names.take("pet"), names.take("Pet"), names.take("pet")]).toEqual(["pet", "Pet2", "pet3"]);
});
