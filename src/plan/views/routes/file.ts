import type { Entity } from "../../../model/model.ts";
import { literal, memberAccess, valueLiteral } from "../../../render/escape.ts";
import { documentedTypes } from "../files.ts";
import { callCode } from "./call.ts";
import type { RouteDraft } from "./draft.ts";

/** Statements that put, get or delete a file of a row that is there, and the caller's. */
export function fileStatements(draft: RouteDraft, entity: Entity): readonly string[] {
  const { operation, context, imports } = draft;
  const { variable, plural } = entity.name;
  const key = `${variable}${memberAccess(entity.key.fields[0] ?? "id")}`;
  const place = `{ entity: ${literal(plural)}, key: ${key}, name: ${literal(operation.file ?? "")} }`;
  const { status } = operation.success;
  const row = `const ${variable} = await request.connected((context) => ${callCode(draft)});`;
  if (operation.method === "get") {
    const shown = imports.value("sendFile", "../http/files.ts");
    const types = valueLiteral(documentedTypes(operation, context));
    const missing = imports.value("unlessMissing", "../failure.ts");
    return [
      row,
      `const keptFile = ${missing}(await request.server.files.read(${place}));`,
      `return ${shown}(request, reply, keptFile, ${types});`,
    ];
  }
  if (operation.method === "delete") {
    const missing = imports.value("unlessMissing", "../failure.ts");
    return [
      row,
      `${missing}((await request.server.files.remove(${place})) || undefined);`,
      `return reply.code(${status}).send();`,
    ];
  }
  const uploaded = imports.value("uploadOf", "../http/files.ts");
  return [
    `const keptFile = ${uploaded}(request);`,
    row,
    `await request.server.files.write(${place}, keptFile);`,
    `return reply.code(${status}).send();`,
  ];
}
