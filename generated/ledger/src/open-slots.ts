/**
 * The slots that nobody has filled yet, and what holds until then: the first line of such a body is a comment that
 * says it. Node keeps comments when it strips types; where a bundler has taken them away, no slot counts as open.
 */
export function openSlots(logic: object): readonly string[] {
  return Object.entries(logic).flatMap(([home, slots]) =>
    Object.entries(slots as object).flatMap(([name, slot]) => {
      const [, meanwhile] = /^\s*\/\/ Open: (.+?)\.?$/m.exec(String(slot)) ?? [];
      return meanwhile === undefined ? [] : [`${home}.${name} (${meanwhile})`];
    }),
  );
}
