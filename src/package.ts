import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder that this package is installed in, with a slash at its end. Sources and the built files lie one level below it. */
export const packageFolder: string = fileURLToPath(new URL("../", import.meta.url));

/** Where the templates are, both in a checkout and in the published package. */
export const templatesFolder = `${packageFolder}templates`;

export function packageVersion(): string {
  return description().version;
}

/**
 * Exact versions, by name, of what this package itself is built and tested with. Generated packages depend on the same,
 * so that both work offline.
 */
export function pinnedVersions(): Readonly<Record<string, string>> {
  const { dependencies, devDependencies } = description();
  return { ...dependencies, ...devDependencies };
}

interface Description {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function description(): Description {
  return JSON.parse(readFileSync(`${packageFolder}package.json`, "utf8")) as Description;
}
