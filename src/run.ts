import type { Diagnostic } from "./diagnostic/diagnostic.ts";

/** What `runPipeline` is asked for. Paths are as the user typed them, relative to the working folder. */
export interface RunOptions {
  readonly spec: string;
  /** Default: the config's, else `generated/<name of the API>`. */
  readonly out?: string;
  /** A config file other than the one that is found by itself. */
  readonly config?: string;
  /** OpenAPI Overlays to apply after those of the config, in order. */
  readonly overlays?: readonly string[];
  /** Goes through every stage in staging, and writes nothing. */
  readonly isDryRun: boolean;
  /** Type-check, lint and tests. */
  readonly isVerified: boolean;
  /** Warnings stop the run as errors do. */
  readonly isStrict: boolean;
  /** How open slots are filled, where flags say something of it. */
  readonly fill?: FillFlags;
  /** The run only tells whether disk, lock and document agree. */
  readonly check?: CheckFlags;
}

export interface CheckFlags {
  /** A stale slot is an error. */
  readonly isFrozen: boolean;
  /** An open slot is an error. */
  readonly mustBeFilled: boolean;
}

/** What flags say of filling slots; the config says the rest. */
export interface FillFlags {
  /** Slots that are asked for by name; all that are open where it is empty. */
  readonly slots: readonly string[];
  /** True for `scaffold fill`: slots that were given up before are asked for again. */
  readonly isAskedFor: boolean;
  readonly model?: string;
  readonly baseUrl?: string;
  readonly rounds?: number;
  readonly budgetTokens?: number;
  readonly budgetUsd?: number;
  readonly concurrency?: number;
  /** A folder for everything that was said. */
  readonly transcript?: string;
  /** A lock whose bodies are taken instead of asking a model. */
  readonly replay?: string;
  /** True: nothing is asked, whatever the config says. */
  readonly isFrozen?: boolean;
  /** True: what would be asked is printed, and nothing is asked. */
  readonly isPrinted?: boolean;
}

/** What a run says while it goes on, and what it has to say at the end. The command line prints it; nothing here prints. */
export interface Reporter {
  /** A stage is done. `fill` reports once for each slot. */
  stage(report: StageReport): void;
  /** What a stage is busy with, replacing what it said before: "tests 112 of 412"; empty when it begins. */
  progress(stage: StageName, doing: string): void;
}

export type StageName = "load" | "infer" | "render" | "merge" | "migrate" | "fill" | "verify" | "write";

/** One line of the terminal: what was worked on, what came of it. Either may be empty. */
export interface StageReport {
  readonly stage: StageName;
  readonly subject: string;
  readonly outcome: string;
  readonly elapsedMs: number;
}

/** How a run ended; each has an exit code (src/cli/exit.ts). */
export type Outcome =
  | "done"
  /** A document, config or folder that cannot be used. */
  | "invalid"
  /** Of a check: disk, lock and document disagree. */
  | "drift"
  /** Of a check: slots are open or stale that may not be. */
  | "open-slots"
  | "unsafe-migration"
  | "conflict"
  | "verification-failed"
  | "interrupted";

export interface RunResult {
  readonly outcome: Outcome;
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when the run stopped before the document was understood. */
  readonly service?: ServiceSummary;
  readonly changes?: ChangeCounts;
  /** The files that are not as they were, by path. */
  readonly files?: readonly FileChange[];
  /** True where everything was done but writing. */
  readonly isDryRun?: boolean;
  readonly migration?: MigrationSummary;
  readonly tests?: TestCounts;
  /** What filling slots took; undefined where nothing was asked for. */
  readonly fill?: FillSummary;
  /** What a model would be told, where that was asked for. */
  readonly contexts?: readonly SlotContextReport[];
  /** Where the attempt is, when it failed after staging; relative to the working folder. */
  readonly staging?: string;
}

export interface ServiceSummary {
  readonly name: string;
  /** The document and the output folder, as the user would type them. */
  readonly spec: string;
  readonly out: string;
  readonly entities: number;
  readonly operations: number;
  /** Guessed facts that a person should confirm, most doubtful first. */
  readonly lookAt: readonly Doubt[];
  readonly openSlots: readonly OpenSlot[];
  /** False when the document declares no security: the service is open. */
  readonly isSecured: boolean;
  /** Where its API page is once it runs here. */
  readonly address: string;
}

/** `subject` is what `scaffold explain` takes: "Statement.period". */
export interface Doubt {
  readonly subject: string;
  readonly why: string;
}

export interface OpenSlot {
  readonly id: string;
  readonly kind: string;
  /** What holds until it is filled: "answers 501". */
  readonly untilFilled: string;
  /** The logic file that holds it, as the user would type it. */
  readonly file: string;
}

/** Files by what happened to them. */
export interface ChangeCounts {
  readonly created: number;
  readonly updated: number;
  readonly merged: number;
  readonly removed: number;
  readonly conflicts: readonly string[];
  readonly unchanged: number;
}

/** What happened to one file of the output, or would have. */
export interface FileChange {
  readonly path: string;
  readonly action: "create" | "update" | "merge" | "conflict" | "remove";
}

export interface SlotContextReport {
  readonly id: string;
  readonly tokens: number;
  /** What the workspace has to tell; `left` says why something is not in, or cut. */
  readonly items: readonly { readonly title: string; readonly tokens: number; readonly left?: string }[];
  readonly messages: readonly { readonly role: string; readonly text: string }[];
}

export interface FillSummary {
  /** "gpt-5", "replay" */
  readonly by: string;
  readonly slots: readonly {
    readonly id: string;
    readonly isFilled: boolean;
    readonly rounds: number;
    readonly tokens: number;
    /** Why it is open still; empty where it is filled. */
    readonly why: string;
  }[];
  readonly tokens: number;
  /** Undefined where no price is known. */
  readonly dollars?: number;
}

export interface MigrationSummary {
  readonly name: string;
  readonly statements: number;
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
