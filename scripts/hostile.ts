import { mkdir, rm, writeFile } from "node:fs/promises";
import { attacks } from "../test/hostile/attacks.ts";
import { hostileDocument } from "../test/hostile/document.ts";
import { pickFrom } from "../test/hostile/pick.ts";

/**
 * `npm run hostile`: documents in which every text is an attack, each attack in another place in each of them, taken
 * through the corpus: generated, type-checked, tested, started and called. `npm test` does it with one of them.
 */
const folder = ".scaffold/hostile";
const apart = 7;

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (let turn = 0; turn < attacks.length; turn += apart) {
  const document = hostileDocument(pickFrom(attacks, turn));
  await writeFile(`${folder}/hostile-${turn}.json`, JSON.stringify(document, null, 2));
}
process.argv.splice(2, Infinity, folder);
await import("./corpus.ts");
