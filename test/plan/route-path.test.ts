import fastify from "fastify";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { routePath } from "../../src/plan/views/route-path.ts";
import { uriText } from "../../src/render/escape.ts";

/** What the router answers at an address: the parameters by the names of the document, or undefined. */
async function reach(path: string, address: string): Promise<Readonly<Record<string, string>> | undefined> {
  const app = fastify();
  const { path: route, names } = routePath(path);
  app.get(route, (request) => request.params);
  const response = await app.inject({ method: "GET", url: address });
  if (response.statusCode === 404) return undefined;
  const values = response.json<Record<string, string>>();
  const documented = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
  const known = new Map(names.map(([documentName, name]) => [documentName, name]));
  return Object.fromEntries(documented.map((name) => [name, values[known.get(name) ?? name] ?? ""]));
}

/** The address of a path with values for its parameters, as a client builds it. */
function addressOf(path: string, value: string): string {
  const parts = path.split(/(\{[^}]+\})/);
  return parts.map((part) => (part.startsWith("{") ? encodeURIComponent(value) : uriText(part))).join("");
}

describe("a path of a document is reached at its address", () => {
  test.each([
    "/notes",
    "/notes/{note-id}",
    "/notes/{id}:archive",
    "/notes/{id}.{format}",
    "/a#b/{id}",
    "/a?b",
    "/100%/{id}",
    "/50%25",
    "/#%/{id}",
    "/{id}%",
    "/a%2Fb/{id}",
    "/a:b/c*d/**",
    "/with space/ü/{ü}",
    "/a+b,c;d=e@f$g&h",
    "/(x)[y]^z|\\w",
    "/{__proto__}/{constructor}",
    "/`${x}`/'\"",
    "/a//b",
    "/line\nbreak/{a\nb}",
  ])("%j", async (path) => {
    const expected = Object.fromEntries([...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => [name, "v1"]));
    expect(await reach(path, addressOf(path, "v1"))).toEqual(expected);
    expect(await reach(path, `${addressOf(path, "v1")}x/y`)).toBeUndefined();
  });

  test.each([
    ["/lamps/7a.json", { id: "7a", extension: ".json" }],
    ["/lamps/7.a.xml", { id: "7.a", extension: ".xml" }],
    ["/lamps/7a.csv", undefined],
  ])("%s, with an extension of a closed list", async (address, expected) => {
    const app = fastify();
    const values = (name: string) => (name === "extension" ? [".json", ".xml"] : undefined);
    app.get(routePath("/lamps/{id}{extension}", values).path, (request) => request.params);
    const response = await app.inject({ method: "GET", url: address });
    expect(response.statusCode === 404 ? undefined : response.json()).toEqual(expected);
  });

  const segment = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .map((text) => text.replaceAll(/[/{}]/g, ""));
  test("whatever its segments are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          segment.filter((text) => text !== "" && !/^\.+$/.test(text)),
          { minLength: 1, maxLength: 3 },
        ),
        async (segments) => {
          const path = `/${segments.join("/")}/{id}`;
          expect(await reach(path, addressOf(path, "v1"))).toEqual({ id: "v1" });
        },
      ),
      { numRuns: 200, seed: 1123212230 },
    );
  });
});
