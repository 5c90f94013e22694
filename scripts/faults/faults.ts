import { accessFaults } from "./access.ts";
import { answerFaults } from "./answers.ts";
import { classicFaults } from "./classic.ts";
import type { Fault } from "./fault.ts";
import { listFaults } from "./lists.ts";
import { requestFaults } from "./requests.ts";
import { writeFaults } from "./writes.ts";

/** All mistakes that are planted, one at a time. */
export const faults: readonly Fault[] = [
  ...classicFaults,
  ...requestFaults,
  ...answerFaults,
  ...listFaults,
  ...writeFaults,
  ...accessFaults,
];
