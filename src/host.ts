/**
 * The only door to the world. `host-node.ts` implements it; tests implement it in memory or over a temporary folder.
 * Paths are absolute or relative to `cwd`; every method that reads rejects with a Node-style error (`code: "ENOENT"`).
 */
export interface Host {
  readonly cwd: string;
  /** Absolute path of the Node that runs us, so that child processes never meet another version. */
  readonly nodePath: string;
  /** Number of our process. */
  readonly processId: number;
  /** How many things can be computed at once. */
  readonly processors: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly files: Files;
  /** Milliseconds since an arbitrary start; only for showing how long a stage took. */
  elapsedMs(): number;
  /** Lets time go by. */
  pause(milliseconds: number): Promise<void>;
  /** The network: only for models that somebody has asked for. */
  readonly fetch: typeof globalThis.fetch;
  run(command: Command): Promise<CommandResult>;
  /** True while there is a process of that number on this machine. */
  isRunning(processId: number): boolean;
  /**
   * Work on files that an interrupt lets end, and that should do so soon once `isInterrupted` says so. Any other change
   * of files stops for good when the process is interrupted, so that nothing comes after the cleanups.
   */
  uninterrupted<T>(work: (isInterrupted: () => boolean) => Promise<T>): Promise<T>;
  /** Runs `cleanup` when the process is interrupted; the returned function takes it back. */
  onInterrupt(cleanup: () => Promise<void>): () => void;
}

export interface Terminal {
  readonly isInteractive: boolean;
  readonly hasColour: boolean;
  readonly columns: number;
  out(text: string): void;
  error(text: string): void;
}

export interface Files {
  read(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array>;
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Renames, replacing a file that is there; atomic on one file system. */
  move(from: string, to: string): Promise<void>;
  copy(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Removes a folder that holds nothing, in one step; anything else stays. */
  removeEmptyFolder(path: string): Promise<void>;
  /** Makes a symbolic link, in one step; rejects with EEXIST where the path is taken. */
  link(target: string, path: string): Promise<void>;
  /** The target of a link as it was made, whether there is something or not. */
  readLink(path: string): Promise<string>;
  realPath(path: string): Promise<string>;
  kind(path: string): Promise<"file" | "folder" | "other" | "none">;
  /** What lies directly in a folder, files and folders, by name. */
  names(folder: string): Promise<readonly string[]>;
  /** Every file below a folder, as paths relative to it with `/`, sorted; `skip` prunes folders by name. */
  list(folder: string, skip?: readonly string[]): Promise<readonly string[]>;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Replaces the environment when given. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly timeoutMs?: number;
  /** The longest that the process may be silent once it has said something. */
  readonly silenceMs?: number;
  /** Called with each piece of standard output as it arrives. */
  readonly onOutput?: (text: string) => void;
}

export interface CommandResult {
  /** Undefined when the process was ended by a signal or a timeout. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** What ends work that an interrupt has met: no failure, because the process ends by itself. */
export class Interruption extends Error {
  constructor() {
    super("The work was interrupted.");
  }
}
