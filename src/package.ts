import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder that this package is installed in, with a slash at its end. Sources and the built files lie one level below it. */
export const packageFolder: string = fileURLToPath(new URL("../", import.meta.url));

/** Where the templates are, both in a checkout and in the published package. */
export const templatesFolder = `${packageFolder}templates`;

export function packageVersion(): string {
  const description = JSON.parse(readFileSync(`${packageFolder}package.json`, "utf8")) as { version: string };
  return description.version;
}
