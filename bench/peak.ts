import { appendFileSync } from "node:fs";

// Loaded into each measured process. Kilobytes, as getrusage(2) counts on Linux.
process.on("exit", () => {
  const file = process.env["PEAKS_FILE"];
  if (file !== undefined) appendFileSync(file, `${process.resourceUsage().maxRSS}\n`);
});
