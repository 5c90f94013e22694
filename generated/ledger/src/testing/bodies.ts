/** Bodies that no operation takes, whatever its schema says. */
export const unreadableBodies = [
  { title: "what is not JSON", payload: "{" },
  { title: "a NUL in a text", payload: '{"a":"\\u0000"}' },
  { title: "half of a surrogate pair", payload: '{"a":"\\ud800"}' },
  { title: "bytes that are not UTF-8", payload: Buffer.from([0x22, 0xff, 0x22]) },
  { title: "deep nesting", payload: "[".repeat(20_000) + "]".repeat(20_000) },
];
