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
