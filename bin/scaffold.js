#!/usr/bin/env node
// Old syntax on purpose, and nothing imported statically: on a Node that is too old this must parse and say so.
var wanted = [22, 18];
var found = process.versions.node.split(".").map(Number);

if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error("scaffold needs Node " + wanted.join(".") + " or newer; this is Node " + process.versions.node + ".");
  console.error(
    "Install a newer Node (https://nodejs.org), or run it through the one that a project brings: npx node@24",
  );
  process.exitCode = 64;
} else {
  process.getBuiltinModule("node:module").enableCompileCache();
  var built = new URL("../dist/main.js", import.meta.url);
  // A checkout that was not built yet runs from its sources.
  var entry = process.getBuiltinModule("node:fs").existsSync(built)
    ? built
    : new URL("../src/main.ts", import.meta.url);
  import(entry.href);
}
