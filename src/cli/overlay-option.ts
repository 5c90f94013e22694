import { Option } from "commander";

/** For every command that reads a document. */
export function overlayOption(): Option {
  return new Option("--overlay <file...>", "OpenAPI Overlays (1.0) to apply, in order, after those of the config");
}
