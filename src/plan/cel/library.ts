import type { Environment, ParseError, TypeError as CheckError } from "@marcbachmann/cel-js";
import type { Model } from "../../model/model.ts";

/** The library that reads and checks expressions, loaded only where a document has one. */
export interface CelLibrary {
  readonly Environment: typeof Environment;
  readonly ParseError: typeof ParseError;
  readonly TypeError: typeof CheckError;
}

/** Undefined where no slot of the model is stated in CEL. */
export async function loadCel({ slots }: Model): Promise<CelLibrary | undefined> {
  return slots.some(({ cel }) => cel !== undefined) ? import("@marcbachmann/cel-js") : undefined;
}
