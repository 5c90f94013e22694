import { appendFileSync } from "node:fs";

// Loaded into each measured process. Kilobytes as getrusage(2) counts on Linux, and microseconds.
process.on("exit", () => {
  const file = process.env["PEAKS_FILE"];
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  if (file !== undefined) appendFileSync(file, `${maxRSS} ${userCPUTime + systemCPUTime}\n`);
});
