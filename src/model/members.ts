import type { EntityGroup } from "./groups.ts";
import { heldView, holderOf } from "./held-body.ts";
import type { Judgement } from "./judgement.ts";
import { memberKey } from "./names.ts";
import { isReceipt, overlap } from "./rows.ts";
import type { Located, SchemaReader, View } from "./schemas.ts";
import type { Site } from "./sites.ts";
import { queryViews } from "./query-members.ts";
import type { Content } from "./unwrap.ts";

/** An operation with what was judged of it. */
export interface Judged {
  readonly site: Site;
  readonly judgement: Judgement;
}

/** One member of an entity, with each place that shows or takes it. */
export interface Member {
  /** The name in the most authoritative shape. */
  readonly name: string;
  /** Other spellings in other shapes. */
  readonly spellings: readonly string[];
  readonly reads: readonly Use[];
  readonly creates: readonly Use[];
  readonly updates: readonly Use[];
}

export interface Use {
  readonly located: Located;
  readonly view: View;
  readonly isRequired: boolean;
}

/** The union of what is read and what is written, in the order of the most authoritative shape. */
export interface Members {
  readonly all: readonly Member[];
  readonly readViews: readonly View[];
  readonly createViews: readonly View[];
  readonly updateViews: readonly View[];
  /** Creates that take nothing of a body or a query: the key alone, from the path. */
  readonly bareCreates: number;
  /** Pointers of bodies that are the value of one member → its name. */
  readonly holders: ReadonlyMap<string, string>;
}

type Side = "reads" | "creates" | "updates";

export function membersOf(group: EntityGroup, judged: readonly Judged[], reader: SchemaReader): Members {
  const own = judged.filter(({ judgement }) => judgement.group === group);
  const creates = own.filter(({ judgement }) => judgement.kind === "create" || judgement.variant === "upsert");
  // The operations of a JSON Patch are no members of the row.
  const updates = own.filter(
    ({ judgement: { kind, variant } }) => (kind === "update" || kind === "replace") && variant !== "json-patch",
  );
  const readViews = alike(rowViews(group.read, reader));
  const holders = new Map<string, string>();
  const inputs = (sites: readonly Judged[]) =>
    sites
      .map(({ site }) => site.input)
      .flatMap((input) => rowViews([input], reader).map((view) => held(view, input.row)))
      .filter((view, at, all) => all.findIndex(({ pointer }) => pointer === view.pointer) === at);
  const held = (view: View, row: Located | undefined): View => {
    const name = row && holderOf(view, readViews, reader);
    if (name === undefined || row === undefined) return view;
    holders.set(view.pointer, name);
    return heldView(name, view, row);
  };
  const isByQuery = ({ judgement }: Judged) => judgement.variant !== "upsert";
  const bareViews = queryViews(creates.filter(isByQuery), readViews, reader);
  const createViews = [...inputs(creates), ...bareViews];
  const updateViews = [...inputs(updates), ...queryViews(updates, readViews, reader)];
  const union = new MemberUnion(reader);
  union.add(readViews, "reads");
  union.add(createViews, "creates");
  union.add(updateViews, "updates");
  const bareCreates = creates.filter(({ site }) => site.input.form !== "row").length - bareViews.length;
  return { all: union.all(), readViews, createViews, updateViews, bareCreates, holders };
}

/** A view of each row, of all choices where a body is one of several, with what an inner object adds. */
function rowViews(contents: readonly Content[], reader: SchemaReader): readonly View[] {
  const views = contents
    .filter(({ form }) => form === "row" || form === "rows" || form === "row-map")
    .flatMap(({ view, row, inner }) => {
      if (!view) return [];
      return inner.length > 0 && row ? [withOuter(view, reader.view(row))] : [view];
    });
  return [...new Set(views)].filter((view) => view.members.size > 0);
}

/** JSON:API keeps the key beside the attributes. */
function withOuter(view: View, outer: View): View {
  const id = outer.members.get("id");
  if (!id || view.members.has("id")) return view;
  return { ...view, members: new Map([["id", id], ...view.members]), required: new Set([...view.required, "id"]) };
}

/** A second read shape counts where it shows the same thing: a brief or a detailed form of the first. */
function alike(views: readonly View[]): readonly View[] {
  const [first] = views;
  return views.filter(
    (view) =>
      view === first || (!isReceipt(view, first) && (overlap(view, first) >= 0.4 || overlap(first, view) >= 0.6)),
  );
}

class MemberUnion {
  readonly #reader: SchemaReader;
  readonly #members = new Map<
    string,
    { name: string; spellings: Set<string>; reads: Use[]; creates: Use[]; updates: Use[] }
  >();

  constructor(reader: SchemaReader) {
    this.#reader = reader;
  }

  add(views: readonly View[], side: Side): void {
    for (const view of views) {
      const seen = new Set<string>();
      for (const [name, located] of view.members) {
        const use = { located, view: this.#reader.view(located), isRequired: view.required.has(name) };
        const key = this.#keyOf(name, seen);
        seen.add(key);
        const member = this.#members.get(key) ?? {
          name,
          spellings: new Set<string>(),
          reads: [],
          creates: [],
          updates: [],
        };
        if (member.name !== name) member.spellings.add(name);
        member[side].push(use);
        this.#members.set(key, member);
      }
    }
  }

  /** Two spellings in one schema are two members; in two schemas they are one. */
  #keyOf(name: string, seen: ReadonlySet<string>): string {
    const exact = `=${name}`;
    if (this.#members.has(exact)) return exact;
    const loose = memberKey(name);
    return seen.has(loose) || loose === "" ? exact : loose;
  }

  all(): readonly Member[] {
    return [...this.#members.values()].map((member) => ({ ...member, spellings: [...member.spellings] }));
  }
}

/** The use that says most about a member: the first read, else the first write. */
export function mainUse(member: Member): Use {
  const [use] = [...member.reads, ...member.creates, ...member.updates];
  if (!use) throw new Error(`The member "${member.name}" is used nowhere.`);
  return use;
}

export function allUses(member: Member): readonly Use[] {
  return [...member.reads, ...member.creates, ...member.updates];
}
