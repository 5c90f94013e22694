import { expect, test } from "vitest";
import { defaultConfig, settingsFor } from "../../src/config/config.ts";
import { loadConfig } from "../../src/config/load.ts";
import { memoryHost, temporaryHost } from "../support/host.ts";

test("without a config the defaults hold", async () => {
  expect(await loadConfig(memoryHost({}))).toEqual({ value: defaultConfig, diagnostics: [] });
});

test("the nearest config upwards holds, and its paths are its own", async () => {
  const text = JSON.stringify({
    out: "services/all",
    apis: [{ spec: "specs/a.yaml", lock: "locks/a.json" }],
    strict: true,
  });
  const host = memoryHost({ "/repo/scaffold.config.json": text, "/scaffold.config.json": "{}" }, "/repo/specs");
  const { value, diagnostics } = await loadConfig(host);
  expect(diagnostics).toEqual([]);
  expect(value).toMatchObject({
    file: "/repo/scaffold.config.json",
    strict: true,
    verify: true,
    out: "/repo/services/all",
    apis: [{ spec: "a.yaml", lock: "/repo/locks/a.json" }],
  });
});

test("what an API says of itself wins over what is said for all", async () => {
  const text = JSON.stringify({ out: "o", name: "n", apis: [{ spec: "a.yaml", name: "a", overlays: ["x.yaml"] }] });
  const { value } = await loadConfig(memoryHost({ "scaffold.config.json": text }));
  const settings = { out: "o", name: "a", overlays: ["x.yaml"], lock: undefined };
  expect(settingsFor(value, (path) => path === "a.yaml")).toEqual(settings);
  expect(settingsFor(value, (path) => path === "b.yaml")).toEqual({ ...settings, name: "n", overlays: [] });
});

test("a config in TypeScript is run, and its default export holds", async () => {
  const text = 'const port: number = 4000;\nexport default { port, omit: ["Dockerfile"] };\n';
  await using host = await temporaryHost({ "package.json": '{ "type": "module" }', "scaffold.config.ts": text });
  const { value, diagnostics } = await loadConfig(host);
  expect(diagnostics).toEqual([]);
  expect(value).toMatchObject({ file: "scaffold.config.ts", port: 4000, omit: ["Dockerfile"] });
});

test.each([
  {
    title: "an option that is misspelt",
    text: '{\n  "readonly": "ignore"\n}',
    line: 2,
    saw: 'There is no option "readonly".',
    fix: 'did you mean "readOnly"?',
  },
  {
    title: "a value that is none of the choices",
    text: '{\n  "int64": "string"\n}',
    line: 2,
    saw: '"int64" cannot be "string".',
    fix: 'write "number" or "bigint".',
  },
  {
    title: "a value of another type",
    text: '{ "port": "80" }',
    line: 1,
    saw: '"port" cannot be "80".',
    fix: "write a port.",
  },
  {
    title: "an API without a document",
    text: '{ "apis": [\n  {}\n] }',
    line: 2,
    saw: 'An API needs a "spec".',
    fix: 'add "spec" with the path of its document.',
  },
  {
    title: "an option of an API",
    text: '{ "apis": [{ "spec": "a",\n "port": 1 }] }',
    line: 2,
    saw: 'There is no option "port".',
    fix: "the options here are spec, out, name, overlays, lock.",
  },
  {
    title: "a list",
    text: "[]",
    line: 1,
    saw: "A config is an object of options.",
    fix: "export an object from the config.",
  },
])("a mistake in a config is shown where it is: $title", async ({ text, line, saw, fix }) => {
  const { value, diagnostics } = await loadConfig(memoryHost({ "scaffold.config.json": text }));
  expect(diagnostics).toMatchObject([
    { code: "config/invalid", severity: "error", place: { file: "scaffold.config.json", line }, saw, fix },
  ]);
  expect(value).toEqual(defaultConfig);
});

test.each([
  { title: "JSON that breaks off", file: "scaffold.config.json", text: '{\n  "port": 80\n', place: { line: 3 } },
  {
    title: "JSON with a comma too many",
    file: "scaffold.config.json",
    text: '{\n  "port": 80,\n}',
    place: { line: 3, column: 1 },
  },
  { title: "a module that throws", file: "scaffold.config.mjs", text: 'throw new Error("no key");', place: {} },
  { title: "a module that does not parse", file: "scaffold.config.mjs", text: "export default {", place: {} },
])("a config that cannot be read is an error: $title", async ({ file, text, place }) => {
  await using host = await temporaryHost({ [file]: text });
  const { diagnostics } = await loadConfig(host);
  expect(diagnostics).toMatchObject([{ code: "config/unreadable", severity: "error", place: { file, ...place } }]);
});

test("a config that is named and not there is an error", async () => {
  const { diagnostics } = await loadConfig(memoryHost({}), "other.json");
  expect(diagnostics).toMatchObject([{ code: "config/unreadable", place: { file: "other.json" } }]);
});
