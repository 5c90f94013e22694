import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { pinnedVersions } from "../../src/package.ts";
import { omittablePaths, projectFiles } from "../../src/plan/project-artifacts.ts";
import { projectView } from "../../src/plan/views/project.ts";
import { readmeView } from "../../src/plan/views/readme.ts";
import { bodyOf, contextOf, noteId, noteOperation } from "./models.ts";

const notes = { "/notes": { get: noteOperation(), post: noteOperation({ requestBody: bodyOf("application/json") }) } };

const versions = pinnedVersions();

function secured(scheme: Json) {
  return contextOf(notes, { security: [{ it: [] }], components: { securitySchemes: { it: scheme } } });
}

function paths(context: Parameters<typeof projectFiles>[0]): readonly string[] {
  return projectFiles(context, versions, new Map()).map(({ path }) => path);
}

describe("the files of a package", () => {
  test("are there once each, with a template's text or their own", () => {
    const all = paths(contextOf(notes));
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain("openapi.json");
  });

  test.each([
    { title: "a bearer token", scheme: { type: "http", scheme: "bearer" }, has: ["authentication", "tokens"] },
    {
      title: "an API key",
      scheme: { type: "apiKey", in: "query", name: "key" },
      has: ["authentication", "keys", "secrets"],
    },
    { title: "users", scheme: { type: "http", scheme: "basic" }, has: ["authentication", "basic", "secrets"] },
    { title: "what is not supported", scheme: { type: "mutualTLS" }, has: ["authentication", "unsupported"] },
  ])("hold of authentication what $title needs", ({ scheme, has }) => {
    const own = ["authentication", "tokens", "keys", "secrets", "basic", "unsupported"].map(
      (name) => `src/http/${name}.ts`,
    );
    expect(
      paths(secured(scheme))
        .filter((path) => own.includes(path))
        .toSorted(),
    ).toEqual(has.map((name) => `src/http/${name}.ts`));
  });

  test("of the package's own level can be left out by their path, and no others", () => {
    const omit = ["package.json", "src/server.ts", "src/app.ts"];
    const left = paths(contextOf(notes, {}, { omit }));
    expect(left).not.toContain("package.json");
    expect(left).not.toContain("src/server.ts");
    expect(left).toContain("src/app.ts");
    expect(omittablePaths).not.toContain("src/app.ts");
  });

  test("that a team makes its own are written once", () => {
    const once = projectFiles(contextOf(notes), versions, new Map()).filter((file) => file.class === "once");
    expect(once.map(({ path }) => path)).toEqual([".env.example", "README.md", "src/services.ts", "src/extensions.ts"]);
  });
});

describe("a package", () => {
  const view = (context = contextOf(notes)) => projectView(context, versions);

  test.each([
    { version: "1.2.3", expected: "1.2.3" },
    { version: "v2", expected: "2.0.0" },
    { version: "2026-01-02", expected: "2026.0.0" },
    { version: "1.01", expected: "1.1.0" },
    { version: 'latest"', expected: "0.0.0" },
  ])("of version $version is $expected", ({ version, expected }) => {
    expect(view(contextOf(notes, { info: { title: "Notes", version } })).version).toBe(JSON.stringify(expected));
  });

  test("depends on what it uses, in exact versions", () => {
    const names = (context = contextOf(notes)) => view(context).dependencies.map((line) => line.split(":")[0]);
    expect(names()).not.toContain('"jose"');
    expect(names(secured({ type: "http", scheme: "bearer" }))).toContain('"jose"');
    expect(view().dependencies).toContain(`"fastify": "${versions["fastify"]}"`);
  });

  test("logs no credentials", () => {
    const { redacted, hasQueryKeys } = view(secured({ type: "apiKey", in: "header", name: "X-Api-Key" }));
    expect(redacted).toBe('["req.headers.authorization", "req.headers.cookie", "req.headers[\\"x-api-key\\"]"]');
    expect(hasQueryKeys).toBe(false);
    expect(view(secured({ type: "apiKey", in: "query", name: "key" })).hasQueryKeys).toBe(true);
  });

  test("keeps a hostile title inside of its places", () => {
    const info = { title: "# `x` <script>", version: "1", description: '"*/ ${1} </script>\n```' };
    const context = contextOf(notes, { info });
    const { description } = view(context);
    expect(readmeView(context).title).toBe("\\# \\`x\\` &lt;script&gt;");
    expect(JSON.parse(description)).toBe('"*/ ${1} </script> ```');
  });
});

describe("the README", () => {
  const bearer = secured({ type: "http", scheme: "bearer" });

  test("names every variable that the service asks its environment for", () => {
    const asked = ["server.ts", "http/tokens.ts"].flatMap((path) => {
      const template = readFileSync(new URL(`../../templates/project/src/${path}.hbs`, import.meta.url), "utf8");
      const [, destructured = ""] = /const \{ (.*) \} = process\.env;/.exec(template) ?? [];
      return [
        ...destructured.split(", "),
        ...[...template.matchAll(/environment(?:\.|\[")(\w+)/g)].map(([, name]) => name),
      ];
    });
    const named = readmeView(bearer).settings.map(({ name }) => name);
    expect(asked.length).toBeGreaterThan(8);
    expect(new Set(named)).toEqual(new Set(asked.filter(Boolean)));
  });

  test.each([
    { title: "an open service needs nothing", context: contextOf(notes), required: "`DATABASE_URL`", secrets: "" },
    {
      title: "one with tokens needs their secret",
      context: bearer,
      required: "`DATABASE_URL` and `JWT_SECRET` (or `JWKS_URL`)",
      secrets: "`JWT_SECRET`",
    },
  ])("says what production needs: $title", ({ context, required, secrets }) => {
    const view = readmeView(context);
    expect(view.settings[0]?.meaning).toBe(`\`production\` does not start without ${required}`);
    expect(view.secretNames).toBe(secrets);
  });

  test("says nothing of business logic where there is none, and nothing of what is omitted", () => {
    expect(readmeView(contextOf({}))).toMatchObject({ hasLogic: false, hasCompose: true });
    expect(readmeView(contextOf(notes, {}, { omit: ["compose.yaml"] })).hasCompose).toBe(false);
  });

  test("shows how to write logic by a function that is there", () => {
    const reverse = { post: noteOperation({ "x-business-rules": [{ id: "note.turn", rule: "Turns it." }] }) };
    const view = readmeView(contextOf({ ...notes, "/notes/{id}/turn": { parameters: [noteId], ...reverse } }));
    expect(view).toMatchObject({
      hasLogic: true,
      exampleFile: "src/note/note.logic.ts",
      exampleRepository: "notes",
      canRefuse: true,
      canTransact: true,
      canReachAll: false,
    });
  });
});
