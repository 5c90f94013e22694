import type { Member, Use } from "./members.ts";
import { isOfKind } from "./same-kind.ts";
import type { JsonColumn } from "./same-kind.ts";
import type { SchemaReader } from "./schemas.ts";
import type { Links } from "./sketch.ts";

/** What is sent under its name and is of another kind is no way to set it: a region's short name, where its object is shown. */
export function takenUses(member: Member, column: JsonColumn, links: Links, reader: SchemaReader): Member {
  if (isJoined(member, links)) return member;
  const isTaken = (use: Use) => isOfKind(use.view, column, reader);
  return { ...member, creates: member.creates.filter(isTaken), updates: member.updates.filter(isTaken) };
}

/** Rows are shown, and their keys may be sent: a join keeps them. */
function isJoined({ name, creates, updates }: Member, { relations }: Links): boolean {
  return (
    relations.some((relation) => relation.member === name && relation.join !== undefined) &&
    [...creates, ...updates].every(({ view }) => view.kind === "array")
  );
}
