import { memberKey, nounKey, singularOf, wordsOf } from "./names.ts";

/**
 * The member that a path's argument means, most certain first: the same name, the kind
 * of key that its last word names, `id` for an argument that is called like the resource, another case of the name, the argument's last word, and the names that keys commonly have.
 */
export function keyMember(scalars: readonly string[], parameter: string, noun: string): string | undefined {
  // `projectIdOrKey` may be either; an id is what a row is always found by.
  const [either = "", ...alternatives] = parameter.split(/(?<=[a-z])Or(?=[A-Z])|_or_/);
  if (alternatives.length > 0 && either !== "") return keyMember(scalars, either, noun);
  const find = (test: (name: string) => boolean) => scalars.find(test);
  const wanted = memberKey(parameter);
  const singular = singularOf(wordsOf(noun).at(-1) ?? noun).toLowerCase();
  const tail = (wordsOf(parameter).at(-1) ?? parameter).toLowerCase();
  return (
    find((name) => name === parameter) ??
    find((name) => memberKey(name) === wanted) ??
    (isIdentifier(tail) && tail !== "id" && tail !== singular
      ? find((name) => name.toLowerCase() === tail)
      : undefined) ??
    (isIdentifier(tail) || nounKey(parameter) === nounKey(noun) || tail === singular
      ? find((name) => /^_?id$/i.test(name))
      : undefined) ??
    find(
      (name) => memberKey(name) === memberKey(`${singular}${tail}`) || memberKey(name) === memberKey(`${singular}id`),
    ) ??
    (tail.length > 1 ? find((name) => name.toLowerCase() === tail) : undefined) ??
    find((name) => /^(_?id|identifier|uuid|guid|pk|gid|sid|uid)$/i.test(name)) ??
    find((name) => /^(key|code|slug|number|username)$/i.test(name) && (tail === singular || isIdentifier(tail))) ??
    (tail === singular ? find((name) => /^name$/i.test(name)) : undefined) ??
    (tail === "id" ? find((name) => /^id_?(code|key|str|string|hash|number)$/i.test(name)) : undefined)
  );
}

function isIdentifier(word: string): boolean {
  return /^(id|uuid|guid|pk|key|sid|gid|uid)$/.test(word);
}
