import type { OperationKind } from "./model.ts";
import { wordsOf } from "./names.ts";

/** What a verb at the end of a path does, where an API is written as calls. */
const kinds: readonly (readonly [RegExp, OperationKind])[] = [
  [/^(create|add|insert|new|save|register|post)$/, "create"],
  [/^(list|all|query|search|find|filter)$/, "list"],
  [/^(get|read|fetch|show|view|retrieve|load|details?)$/, "read"],
  [/^(update|edit|modify|patch|change)$/, "update"],
  [/^(replace|put)$/, "replace"],
  [/^(delete|remove|destroy)$/, "delete"],
];

function kindOfVerb(word: string): OperationKind | undefined {
  return kinds.find(([pattern]) => pattern.test(word.toLowerCase()))?.[1];
}

/** The kind that a segment such as `create`, `list_all` or `UpdateDetail` begins with, and whether it says no more. */
export function verbOf(segment: string): { readonly kind: OperationKind; readonly isAlone: boolean } | undefined {
  const [first, ...more] = wordsOf(segment);
  const kind = first === undefined ? undefined : kindOfVerb(first);
  return kind && { kind, isAlone: more.every((word) => /^(all|one|by|id|item|items)$/i.test(word)) };
}

/** `/orders/cancel/{id}`: what is done to one of what stands before it. */
export function isAction(segment: string): boolean {
  return actions.test(segment);
}

/** `convert-currency`, `validateAddress`: a verb and what it is done to. */
export function isCommand(segment: string): boolean {
  const [first = "", ...more] = wordsOf(segment);
  return more.length > 0 && (actions.test(first) || verbsBeforeNouns.test(first));
}

/** `create`, `cancel`, `send`: what is done, and nothing that is kept. */
export function isVerb(segment: string): boolean {
  return verbOf(segment) !== undefined || isAction(segment) || isCommand(segment) || verbsBeforeNouns.test(segment);
}

/** Hardly ever the name of a thing. */
const actions =
  /^(validate|verify|generate|regenerate|renew|rotate|reissue|resend|revoke|reset|cancel|activate|reactivate|deactivate|enable|disable|approve|reject|publish|unpublish|restore|restart|retry|suspend|resume|unlock|accept|decline|confirm|attach|detach|unassign)$/i;

/** Alone, a path may well call a thing so: `/checks`, `/previews`, `/counts`. */
const verbsBeforeNouns =
  /^(convert|calculate|compute|check|resolve|lookup|parse|estimate|preview|send|run|execute|is|has|can|count|render|refresh|archive|lock|move|copy|merge|assign|mark)$/i;

/** Segments that stand for the caller: `/users/me`. */
export function isCaller(segment: string): boolean {
  return /^(@?me|self|myself|current|current[_-]?user|~)$/i.test(segment);
}
