import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { countOf, createItem, isAllowed, isBody, isId, listItems, PORT, readItem, type Item } from "./shared.ts";

/** As little as will do: `node:http` and `pg`. */
createServer((request, response) => {
  void answer(request, response).catch((cause: unknown) => send(response, 500, { title: String(cause) }));
}).listen(Number(PORT), "127.0.0.1");

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (url.pathname === "/ready") return send(response, 200, {});
  if (!(await isAllowed(request.headers.authorization))) return send(response, 401, { title: "Unauthorized" });
  const id = /^\/items\/([^/]+)$/.exec(url.pathname)?.[1];
  if (id !== undefined && request.method === "GET") {
    const item = isId(id) ? await readItem(id) : undefined;
    return item === undefined ? send(response, 404, { title: "Not Found" }) : send(response, 200, item);
  }
  if (url.pathname !== "/items") return send(response, 404, { title: "Not Found" });
  if (request.method === "GET") {
    const limit = countOf(url.searchParams.get("limit"), 1, 100, 20);
    const offset = countOf(url.searchParams.get("offset"), 0, 1e9, 0);
    if (limit === undefined || offset === undefined) return send(response, 400, { title: "Bad Request" });
    return send(response, 200, await listItems(limit, offset));
  }
  let text = "";
  for await (const piece of request.setEncoding("utf8")) text += String(piece);
  const body = JSON.parse(text) as Item;
  if (!isBody(body)) return send(response, 400, { title: "Bad Request" });
  send(response, 201, await createItem(body));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}
