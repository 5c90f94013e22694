import type { Entity, Operation, ReadShape } from "../../../model/model.ts";
import { changedStatus, comparedRead } from "../conditional.ts";
import { isIdempotent } from "../idempotency.ts";
import { runnerOf, isLinking } from "../operations/runner.ts";
import { hiddenMapKey, shapeRegistry, shownRow, type RowShape } from "../shape-registry.ts";
import { answerRows, answersAddress, showsMany } from "../answers.ts";
import { callCode, optionalAccess } from "./call.ts";
import { besides, type RouteDraft } from "./draft.ts";

/** Statements that run the operation and show what it answers, and the name that the answer has; "" where it has none. */
export interface Answer {
  readonly statements: readonly string[];
  readonly name: string;
}

export function answerOf(draft: RouteDraft): Answer {
  const { operation, entity, context } = draft;
  const runner = runnerOf(operation, context);
  const isOnce = isIdempotent(operation);
  const isAction = runner === "operation";
  const comparing = isAction ? "" : comparison(draft);
  const call = isAction ? actionCode(draft) : isOnce ? onceCode(callCode(draft), comparing) : callCode(draft);
  const compared = isOnce ? "" : comparing;
  const start = /\bawait\b/.test(call) && isAction && !isOnce ? "async (context)" : "(context)";
  if (!usesAnswer(operation)) {
    const work = compared === "" ? `${start} => ${call}` : `async (context) => { ${compared} await ${call}; }`;
    return { name: "", statements: [`await request.${runner}(${work});`] };
  }
  const name = answerName(operation, entity);
  const isRaw = operation.kind === "custom" && answerRows(operation.success.shape) === undefined;
  const shape = isRaw ? undefined : shownRow(operation.success.shape);
  const show = shape && showName(draft, shape);
  if (show === undefined) {
    const work = compared === "" ? `${start} => ${call}` : `async (context) => { ${compared} return ${call}; }`;
    return { name, statements: [`const ${name} = await request.${runner}(${work});`] };
  }
  if (runner === "operation") {
    const found = `const found = await request.operation(${start} => ${call});`;
    return {
      name,
      statements: [found, `const ${name} = await request.connected((context) => ${show}(found, context));`],
    };
  }
  const shown = shownCode(draft, show, call);
  const work = compared === "" ? shown : `{ ${compared} return ${shown}; }`;
  return { name, statements: [`const ${name} = await request.${runner}(async (context) => ${work});`] };
}

/** What is done once for all requests with one key, the comparison included: by then the version is another one. */
function onceCode(call: string, compared: string): string {
  const work = compared === "" ? `() => ${call}` : `async () => { ${compared} return ${call}; }`;
  return `context.answers.once(request, ${work})`;
}

/** An action chooses its transactions itself: the first of them is held to the version, and its key is taken before. */
function actionCode(draft: RouteDraft): string {
  const { operation, imports } = draft;
  const plain = callCode(draft);
  const read = versionCode(draft);
  const held =
    read === undefined
      ? plain
      : plain.replace(
          /context\)$/,
          `await ${imports.value("expecting", "../http/versions.ts")}(request.raw.headers, context, ${read}${otherStatus(draft)}))`,
        );
  if (!isIdempotent(operation)) return held;
  const once = imports.value("onceAlone", "../answers.ts");
  return `${once}(request, context, ${read === undefined ? "" : "async "}(context) => ${held})`;
}

function otherStatus({ operation }: RouteDraft): string {
  const status = changedStatus(operation);
  return status === 412 ? "" : `, ${status}`;
}

/** What reads and shows the row whose version is compared, as code. */
function versionCode(draft: RouteDraft): string | undefined {
  const read = comparedRead(draft.operation, draft.context);
  if (read === undefined) return undefined;
  const reading = { ...draft, operation: read };
  const shape = shownRow(read.success.shape);
  const show = shape && showName(reading, shape);
  const code = show === undefined ? callCode(reading) : shownCode(reading, show, callCode(reading));
  return `${show === undefined ? "" : "async "}(context) => ${code}`;
}

/** The statement that holds a write to the version that its caller expects; "" where the document knows of none. */
function comparison(draft: RouteDraft): string {
  const code = versionCode(draft);
  if (code === undefined) return "";
  const read = code.replace("(context)", "()");
  return `await ${draft.imports.value("unlessChanged", "../http/versions.ts")}(request.raw.headers, ${read}${otherStatus(draft)});`;
}

/** The function that shows rows in this shape; undefined where they are shown as they are. */
function showName(draft: RouteDraft, shape: RowShape): string | undefined {
  const { operation, context, imports, name } = draft;
  const entry = shapeRegistry(context).functionFor(shape);
  if (entry === undefined) return undefined;
  const { type, file } = context.entity(shape.entity).name;
  const isMany = showsMany(operation);
  return imports.value(
    isMany ? entry.name : entry.single,
    type === name.type ? besides(draft, "shapes") : `../${file}/${file}.shapes.ts`,
  );
}

function shownCode({ operation, imports }: RouteDraft, show: string, call: string): string {
  if (operation.kind !== "list") return `${show}(await ${call}, context)`;
  const hidden = hiddenMapKey(operation.success.shape);
  const shown =
    hidden === undefined
      ? `(rows) => ${show}(rows, context)`
      : `async (rows) => (await ${show}(rows, context)).map((shown, at) => [String(rows[at]${optionalAccess(hidden)}), shown] as const)`;
  return `${imports.value("shownListing", "../paging.ts")}(await ${call}, ${shown})`;
}

function usesAnswer(operation: Operation): boolean {
  if (isLinking(operation)) return false;
  const { success } = operation;
  const hasBody = success.mediaType !== undefined && success.shape !== undefined;
  if (operation.kind === "custom") return hasBody || answersAddress(operation);
  const isInHeaders = success.headers.some(({ source }) => ["location", "total", "link"].includes(source.kind));
  return isInHeaders || (hasBody && mentionsRow(success.shape));
}

function answerName(operation: Operation, entity: Entity | undefined): string {
  if (operation.kind === "list") return "page";
  return operation.kind === "custom" || entity === undefined ? "answer" : entity.name.variable;
}

function mentionsRow(shape: ReadShape | undefined): boolean {
  switch (shape?.kind) {
    case "object":
      return (
        shape.members.length === 0 ||
        shape.members.some(
          ({ source }) =>
            ["field", "page", "link"].includes(source.kind) || (source.kind === "shape" && mentionsRow(source.shape)),
        )
      );
    case "value":
      return ["field", "page", "link"].includes(shape.source.kind);
    case undefined:
      return false;
    default:
      return true;
  }
}
