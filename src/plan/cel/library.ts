import type { Environment, ParseError, TypeError as CheckError } from "@marcbachmann/cel-js";
import { loadRegularJudge, type RegularJudge } from "../../document/regular.ts";
import type { Model } from "../../model/model.ts";

/** What reads and checks expressions, loaded only where a document has one. */
export interface CelLibrary {
  readonly Environment: typeof Environment;
  readonly ParseError: typeof ParseError;
  readonly TypeError: typeof CheckError;
  /** How the time grows that a regular expression in them takes. */
  readonly growthOf: RegularJudge;
}

/** Undefined where no slot of the model is stated in CEL. */
export async function loadCel({ slots }: Model): Promise<CelLibrary | undefined> {
  if (!slots.some(({ cel }) => cel !== undefined)) return undefined;
  const [library, growthOf] = await Promise.all([import("@marcbachmann/cel-js"), loadRegularJudge()]);
  const { Environment: Made, ParseError: Unparsed, TypeError: Mistyped } = library;
  return { Environment: Made, ParseError: Unparsed, TypeError: Mistyped, growthOf };
}
