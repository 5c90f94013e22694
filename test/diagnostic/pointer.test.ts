import { expect, test } from "vitest";
import {
  fragmentOf,
  joinPointer,
  parsePointer,
  pointerOfFragment,
  printPointer,
} from "../../src/diagnostic/pointer.ts";

test.each([
  { title: "the root", pointer: "", tokens: [] },
  { title: "a slash in a name", pointer: "/paths/~1cards", tokens: ["paths", "/cards"] },
  { title: "a tilde in a name", pointer: "/a~0b", tokens: ["a~b"] },
  { title: "a tilde before a one, which is no slash", pointer: "/~01", tokens: ["~1"] },
  { title: "an empty name", pointer: "/", tokens: [""] },
])("a pointer is parsed and printed: $title", ({ pointer, tokens }) => {
  expect(parsePointer(pointer)).toEqual(tokens);
  expect(printPointer(tokens)).toBe(pointer);
});

test.each([
  { title: "braces are percent-encoded", pointer: "/paths/~1cards~1{id}", fragment: "#/paths/~1cards~1%7Bid%7D" },
  { title: "a percent sign is encoded", pointer: "/a%25", fragment: "#/a%2525" },
  { title: "a hash sign is encoded", pointer: "/a#b", fragment: "#/a%23b" },
  { title: "other letters are encoded", pointer: "/«é»", fragment: "#/%C2%AB%C3%A9%C2%BB" },
  { title: "the root is a hash sign", pointer: "", fragment: "#" },
])("a reference is a URI fragment: $title", ({ pointer, fragment }) => {
  expect(fragmentOf(pointer)).toBe(fragment);
  expect(pointerOfFragment(fragment)).toBe(pointer);
});

test("a fragment that is not validly encoded stands for itself", () => {
  expect(pointerOfFragment("#/100%")).toBe("/100%");
});

test("a reference to another file or an anchor has no pointer of its own document", () => {
  expect([pointerOfFragment("pets.yaml#/Pet"), pointerOfFragment("#pet")]).toEqual([undefined, undefined]);
});

test("names and indexes are joined", () => {
  expect(joinPointer("/paths", "/cards", "parameters", 0)).toBe("/paths/~1cards/parameters/0");
});
