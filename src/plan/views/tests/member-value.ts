import type { Json, Schema } from "../../../document/openapi.ts";
import type { Field } from "../../../model/model.ts";
import { isRecord } from "../../../json.ts";
import { sayableMember } from "./form-values.ts";
import { commonSample } from "./samples.ts";
import { isSpelled, spelled } from "./spellings.ts";

interface MemberPlace {
  /** The field that keeps it; undefined where none does. */
  readonly own: Field | undefined;
  /** What answers show of it: an answer may be stricter than the body, and what is sent should be what can be shown. */
  readonly shown: readonly Schema[];
  readonly examples: readonly Json[];
  readonly isForm: boolean;
  readonly isRequired: boolean;
}

/** What a body's member is sent with, as JSON; undefined where nothing suitable was found. */
export function memberValue(
  schema: Schema,
  { own, shown, examples, isForm, isRequired }: MemberPlace,
): Json | undefined {
  const bare = isForm ? sayableMember(schema) : schema;
  const good = commonSample([bare, ...shown], own, 0, examples);
  // What a form does not declare stays a text, and an answer may ask for just that.
  if (isForm && good === undefined && own?.type.kind === "json" && !isRequired) return undefined;
  const value =
    good ??
    commonSample([bare], own, 0, examples) ??
    commonSample(
      [bare],
      undefined,
      0,
      [...examples, ...spelled(own)].filter((one) => isSpelled(own, one)),
    );
  return isForm && isRecord(value) && Object.keys(value).length === 0 ? undefined : value;
}
