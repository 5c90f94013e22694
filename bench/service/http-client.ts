import { connect, type Socket } from "node:net";

/** In milliseconds, between two pieces of an answer. */
const patience = 20_000;

/** One connection that asks one thing after the other. It does little, so that what is measured is who answers. */
export class HttpClient {
  readonly #socket: Socket;
  readonly #host: string;
  #received = "";
  #answered: ((answer: HttpAnswer) => void) | undefined;
  #failed: ((cause: Error) => void) | undefined;

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#host = `127.0.0.1:${port}`;
    // One character is one byte, as lengths are counted.
    socket.setEncoding("latin1").setNoDelay(true);
    socket.on("data", (text) => this.#take(String(text)));
    socket.setTimeout(patience, () => socket.destroy());
    socket.on("close", () => this.#failed?.(new Error(`No whole answer: ${this.#received}`)));
  }

  static open(port: number): Promise<HttpClient> {
    return new Promise((done, fail) => {
      const socket = connect(port, "127.0.0.1", () => done(new HttpClient(socket, port)));
      socket.on("error", fail);
    });
  }

  ask(request: HttpRequest): Promise<HttpAnswer> {
    const { method, path, headers, body = "" } = request;
    const all = { host: this.#host, ...headers, ...(body !== "" && { "content-length": Buffer.byteLength(body) }) };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
    return new Promise((done, fail) => {
      this.#answered = done;
      this.#failed = fail;
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  /** All that is measured tell the length of their answers. */
  #take(text: string): void {
    this.#received += text;
    const end = this.#received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = this.#received.slice(0, end);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#received.length < end + 4 + length) return;
    const body = this.#received.slice(end + 4, end + 4 + length);
    this.#received = "";
    this.#answered?.({ status: Number(head.slice(9, 12)), body });
  }
}

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface HttpAnswer {
  readonly status: number;
  /** Its bytes, one character each. */
  readonly body: string;
}
