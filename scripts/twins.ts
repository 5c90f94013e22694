import { runToEnd } from "./service.ts";

/** `npm run twins [-- ledger]`: generates the golden twins anew, from the sources as they are. */
const chosen = process.argv.slice(2);
const twins = chosen.length > 0 ? chosen : ["ledger", "clinic", "bookshop"];

let failed = 0;
for (const twin of twins) {
  const { exitCode } = await runToEnd(["src/main.ts", "crud", `specs/${twin}.yaml`]);
  if (exitCode !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
