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
  /** Integers of format int64: numbers, refused beyond 2^53 - 1 (the default), or exact to 64 bits, bigints beyond it. */
  readonly int64?: "number" | "bigint";
  /** Read-only members in a request: refused (the default), or ignored for clients that send back what they read. */
  readonly readOnly?: "refuse" | "ignore";
  /** Closes a service whose document declares no security. */
  readonly security?: "bearer";
  /** What a rule that nobody has filled does; default: it lets pass, and is listed as open. */
  readonly openRules?: "pass" | "refuse";
  /** Files of package level that are not written, such as "Dockerfile", because the service lives in a package of yours. */
  readonly omit?: readonly string[];
  /** Where PostgreSQL keeps the tables; default: the schema that the database has in its search path, and no prefix. */
  readonly database?: DatabaseOptions;
  /** Well-kept plugins that the service may be started with; each stays off until its variable is set; default: none. */
  readonly plugins?: readonly PluginName[];
  /** The port that the service listens on unless PORT is set; default: 3000. */
  readonly port?: number;
  /** The language model that fills open slots; default: none, and nothing is asked. */
  readonly model?: string | ModelOptions;
}

export type PluginName = "cors" | "rate-limit" | "metrics" | "tracing";

export interface DatabaseOptions {
  /** A schema of PostgreSQL, made at the first start. */
  readonly schema?: string;
  /** Put before the name of each table. */
  readonly tablePrefix?: string;
}

/** The language model that fills slots. To name one is to agree that it is asked, and paid for. */
export interface ModelOptions {
  /** As the endpoint calls it. */
  readonly name: string;
  /** Anything that speaks the chat-completions protocol; default: OPENAI_BASE_URL, else OpenAI's own. */
  readonly baseUrl?: string;
  /** The environment variable that holds the key; default: OPENAI_API_KEY. Local endpoints need none. */
  readonly keyVariable?: string;
  /** How often a slot is tried; default: 3. */
  readonly rounds?: number;
  /** How many slots are filled side by side; default: 8. */
  readonly concurrency?: number;
  /** The most tokens for one slot, and for a run; default: 60,000, and as many as the slots take. */
  readonly slotTokens?: number;
  readonly runTokens?: number;
  /** The most dollars for a run; it needs `price`. */
  readonly runDollars?: number;
  /** Dollars for a million tokens. */
  readonly price?: { readonly input: number; readonly output: number; readonly cached?: number };
  /** Tokens of a prompt for what the workspace tells besides the contract; default: 1,500. */
  readonly contextTokens?: number;
  /** The longest that one answer may take, in seconds; default: 120. */
  readonly timeoutSeconds?: number;
}

/** Gives a config its type, so that editors complete it. */
export function defineConfig(options: ScaffoldOptions): ScaffoldOptions {
  return options;
}
