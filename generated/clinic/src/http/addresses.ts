/** The path of a row, below the API's own: addressOf`/accounts/${id}`. */
export function addressOf(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | boolean | null | undefined)[]
): string {
  return String.raw({ raw: texts }, ...values.map((value) => encodeURIComponent(String(value))));
}
