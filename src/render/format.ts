import type { Options, Plugin } from "prettier";

/** One formatter for every kind of file that we print. Idempotence is a test: formatting our output changes nothing. */
export type Formatter = (path: string, text: string) => Promise<string>;

const parsers: Readonly<Record<string, string>> = {
  ts: "babel-ts",
  json: "json",
  md: "markdown",
  yaml: "yaml",
  yml: "yaml",
};

/** Loads prettier's standalone build with only the plugins that are needed; files of other kinds pass unchanged. */
export async function loadFormatter(): Promise<Formatter> {
  const [prettier, babel, estree, markdown, yaml] = await Promise.all([
    import("prettier/standalone"),
    import("prettier/plugins/babel"),
    import("prettier/plugins/estree"),
    import("prettier/plugins/markdown"),
    import("prettier/plugins/yaml"),
  ]);
  const plugins = [babel, estree, markdown, yaml].map(
    (module) => (module as { default?: Plugin }).default ?? (module as Plugin),
  );
  return async (path, text) => {
    const parser = parsers[path.slice(path.lastIndexOf(".") + 1)];
    if (parser === undefined) return text;
    // In code there are no other languages, and looking for them takes time.
    const embeddedLanguageFormatting = parser === "babel-ts" ? "off" : "auto";
    const options: Options = { parser, plugins, printWidth: 120, filepath: path, embeddedLanguageFormatting };
    return prettier.format(text, options);
  };
}
