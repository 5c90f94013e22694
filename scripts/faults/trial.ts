import { join } from "node:path";
import type { Postgres } from "../../test/support/postgres.ts";
import { givesOccasion, type Fault, type Files } from "./fault.ts";
import { faultyGenerator, type Generator } from "./generate.ts";
import { cellOf, type Cell, type Outcome } from "./table.ts";
import { runTests } from "./tests.ts";

const nothing: Fault = { title: "nothing", edits: [] };

/** Tries mistakes in twins, and remembers what the twins are without any. */
export class Trial {
  readonly #folder: string;
  readonly #server: Postgres;
  readonly #sound = new Map<string, Files>();
  readonly #generators = new Map<Fault, Promise<Generator>>();

  constructor(folder: string, server: Postgres) {
    this.#folder = folder;
    this.#server = server;
  }

  /** The twin without any mistake; all that is tried later is compared with it. */
  async sound(twin: string): Promise<Cell> {
    this.#sound.set(twin, await this.#generate(nothing, twin));
    return this.#test(nothing, twin);
  }

  async try(fault: Fault, twin: string): Promise<Cell> {
    const sound = this.#sound.get(twin) ?? new Map<string, string>();
    const cell = (outcome: Outcome, detail: string): Cell => ({ fault: fault.title, twin, outcome, detail });
    if (fault.occasion !== undefined && !givesOccasion(fault.occasion, sound))
      return cell("no occasion", `no ${fault.occasion.what}`);
    try {
      const files = await this.#generate(fault, twin);
      if (!differ(sound, files)) return cell("badly planted", "the service is the same without it");
      return await this.#test(fault, twin);
    } catch (error) {
      return cell("badly planted", String(error));
    }
  }

  async #generate(fault: Fault, twin: string): Promise<Files> {
    const source = join(this.#folder, "source", fileName(fault));
    const generator = this.#generators.get(fault) ?? faultyGenerator(source, fault.edits);
    this.#generators.set(fault, generator);
    return (await generator).generate(`specs/${twin}.yaml`, this.#place(fault, twin));
  }

  async #test(fault: Fault, twin: string): Promise<Cell> {
    const database = await this.#server.createDatabase(`${twin} ${fault.title}`);
    try {
      return cellOf(fault, twin, await runTests(this.#place(fault, twin), database));
    } finally {
      await this.#server.dropDatabase(database);
    }
  }

  #place(fault: Fault, twin: string): string {
    return join(this.#folder, twin, fileName(fault));
  }
}

function fileName({ title }: Fault): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

function differ(left: Files, right: Files): boolean {
  return left.size !== right.size || [...left].some(([path, content]) => right.get(path) !== content);
}
