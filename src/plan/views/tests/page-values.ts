import type { Operation, PageValue, Parameter, ReadShape } from "../../../model/model.ts";
import { literal, valueLiteral } from "../../../render/escape.ts";
import { isIfMatch } from "../conditional.ts";
import { pointer } from "./shown.ts";

/** Values that ask for a whole list, from its start, and for any version of a row; none for other parameters. */
export function leadingValues(parameter: Parameter, { list }: Operation): readonly (number | string)[] {
  const { kind } = parameter.role;
  if (isIfMatch(parameter)) return ["*"];
  if (kind === "limit") return [20, 10, 50, 100, 5, 3];
  if (kind === "offset") return [0];
  return kind === "page" ? [list?.pagination.firstPage ?? 1] : [];
}

type Told = readonly (number | boolean | null)[];

/** Three pages, of which the last one has one item. */
interface Walk {
  readonly size: number;
  readonly firstPage: number;
  readonly kind: "page" | "offset" | "cursor";
}

const beyondCursors: ReadonlySet<PageValue> = new Set(["offset", "page", "previous-page", "has-previous", "is-first"]);

/** What each page of such a walk tells of its place in the list; undefined where that is no constant. */
function toldValues(value: PageValue, { size, firstPage, kind }: Walk): Told | undefined {
  if (kind === "cursor" && (beyondCursors.has(value) || value === "next-page")) return undefined;
  const count = 2 * size + 1;
  switch (value) {
    case "total":
      return [count, count, count];
    case "count":
      return [size, size, 1];
    case "limit":
      return [size, size, size];
    case "offset":
      return [0, size, 2 * size];
    case "page":
      return [firstPage, firstPage + 1, firstPage + 2];
    case "pages":
      return [3, 3, 3];
    case "has-more":
      return [true, true, false];
    case "next-page":
      return [firstPage + 1, firstPage + 2, null];
    case "previous-page":
      return [null, firstPage, firstPage + 1];
    case "has-previous":
      return [false, true, true];
    case "is-first":
      return [true, false, false];
    case "is-last":
      return [false, false, true];
    case "next-cursor":
    case "previous-cursor":
      return undefined;
  }
}

/** Lines that expect of `pages` what each of them tells of itself, in its body and in its headers. */
export function expectPageValues({ success, list }: Operation, size: number): readonly string[] {
  const pagination = list?.pagination;
  if (pagination === undefined) return [];
  const kind = pagination.cursor !== undefined ? "cursor" : pagination.page !== undefined ? "page" : "offset";
  const walk: Walk = { size, kind, firstPage: kind === "page" ? pagination.firstPage : 1 };
  const inBody = pageValues(success.shape, []).flatMap(({ path, value }) => {
    const told = toldValues(value, walk);
    const read = `valueAt(page, ${literal(pointer(path))})${told?.includes(null) === true ? " ?? null" : ""}`;
    return told === undefined ? [] : [`expect(pages.map((page) => ${read})).toEqual(${valueLiteral(told)});`];
  });
  const inHeaders = success.headers.flatMap(({ name, source }) => {
    const told = source.kind === "total" ? (toldValues("total", walk) ?? []).map(String) : [];
    const read = `page.headers[${literal(name.toLowerCase())}]`;
    return told.length === 0 ? [] : [`expect(pages.map((page) => ${read})).toEqual(${valueLiteral(told)});`];
  });
  return [...inBody, ...inHeaders];
}

interface PageMember {
  readonly path: readonly string[];
  readonly value: PageValue;
}

function pageValues(shape: ReadShape | undefined, path: readonly string[]): readonly PageMember[] {
  if (shape?.kind !== "object") return [];
  return shape.members.flatMap(({ name, source }): readonly PageMember[] => {
    if (source.kind === "page") return [{ path: [...path, name], value: source.value }];
    return source.kind === "shape" ? pageValues(source.shape, [...path, name]) : [];
  });
}
