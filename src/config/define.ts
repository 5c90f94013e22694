/** One API of a repository that has several. Its settings win over those of the same name beside `apis`. */
export interface ApiOptions {
  /** The OpenAPI document, relative to the config file like every path here. */
  readonly spec: string;
  /** The folder of the service; default: `generated/<name>`. */
  readonly out?: string;
  /** The API's name; default: the document's file name, or its title where that says nothing. */
  readonly name?: string;
  /** OpenAPI Overlays (1.0) to apply, in order. */
  readonly overlays?: readonly string[];
  /** Where the lock of the slots is; default: `scaffold.lock.json` in the output. */
  readonly lock?: string;
}

/** What a `scaffold.config.ts`, `.js` or `.json` may say. */
export interface ScaffoldOptions extends Omit<ApiOptions, "spec"> {
  readonly apis?: readonly ApiOptions[];
  /** Type-check, lint and test what is generated before it is written; default: true. */
  readonly verify?: boolean;
  /** Warnings stop the run as errors do; default: false. */
  readonly strict?: boolean;
  /** 64-bit integers: JSON numbers, refused beyond 2^53 - 1. Integers without that bound are not built yet. */
  readonly int64?: "number";
  /** Read-only members in a request: refused (the default), or ignored for clients that send back what they read. */
  readonly readOnly?: "refuse" | "ignore";
  /** Closes a service whose document declares no security. */
  readonly security?: "bearer";
  /** What a rule that nobody has filled does; default: it lets pass, and is listed as open. */
  readonly openRules?: "pass" | "refuse";
  /** Files of package level that are not written, such as "Dockerfile", because the service lives in a package of yours. */
  readonly omit?: readonly string[];
  /** The port that the service listens on unless PORT is set; default: 3000. */
  readonly port?: number;
}

/** Gives a config its type, so that editors complete it. */
export function defineConfig(options: ScaffoldOptions): ScaffoldOptions {
  return options;
}
