import { expect, test } from "vitest";
import { basePathOf } from "../../src/model/api.ts";

test.each([
  { url: "https://api.example.com/v1/", path: "/v1" },
  { url: "//api.example.com/v1", path: "/v1" },
  { url: "/v1", path: "/v1" },
  { url: "https://api.example.com", path: "" },
  { url: "{scheme}://api.example.com/v1", path: "" },
])("a service of $url is mounted at '$path'", ({ url, path }) => {
  expect(basePathOf([{ url }])).toBe(path);
});

test("server variables in the base path have their defaults", () => {
  const variables = { protocol: { default: "https" }, host: { default: "shop" }, version: { default: "2" } };
  expect(basePathOf([{ url: "{protocol}://{host}.example.com/api/v{version}/", variables }])).toBe("/api/v2");
  expect(basePathOf([{ url: "https://example.com/{tenant}/api", variables }])).toBe("");
});
