/** A judgement that fewer resources than listed are kept anywhere, and why. */
export interface Judged {
  readonly resources: number;
  readonly because: string;
}

/** By the name of the document. What is here is left out of the floor, and said in the report. */
const judged: Readonly<Record<string, Judged>> = {
  httpbin: { resources: 0, because: "each path answers with what it was asked, and nothing is kept" },
  proxyprint: { resources: 3, because: "of its print shops, requests and reviews no schema says what they hold" },
  "scout-api": { resources: 5, because: "its v1 and v2 are twins of the same things, and its categories are its tags" },
  tictactoe: { resources: 0, because: "one board whose squares are addressed by coordinates and hold a bare value" },
};

export function judgedOf(document: string): Judged | undefined {
  return Object.hasOwn(judged, document) ? judged[document] : undefined;
}
