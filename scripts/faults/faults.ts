import { classicFaults } from "./classic.ts";
import type { Fault } from "./fault.ts";

/** All mistakes that are planted, one at a time. */
export const faults: readonly Fault[] = [...classicFaults];
