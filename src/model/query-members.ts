import type { Judged } from "./members.ts";
import { memberKey } from "./names.ts";
import { isProjection } from "./paging.ts";
import type { Located, SchemaReader, View } from "./schemas.ts";
import { memberOf, isRecord } from "./schemas.ts";
import { hasBody } from "./sites.ts";

/**
 * What a write without a body takes: `POST /boards?name=…` sends members in its query. Only what rows show is believed to
 * be one of theirs, because a query also holds instructions.
 */
export function queryViews(
  writes: readonly Judged[],
  readViews: readonly View[],
  reader: SchemaReader,
): readonly View[] {
  return writes.flatMap(({ site }) => {
    if (hasBody(site)) return [];
    const sent = sentInQuery(site, readViews, reader);
    if (sent.length === 0) return [];
    const members = new Map(sent.map(({ name, located }) => [name, located]));
    const required = new Set(sent.flatMap(({ name, isRequired }) => (isRequired ? [name] : [])));
    return [
      {
        schema: { type: "object" },
        pointer: `${site.call.pointer}/parameters`,
        kind: "object" as const,
        isNullable: false,
        members,
        required,
        choices: [],
      },
    ];
  });
}

interface Sent {
  readonly name: string;
  readonly located: Located;
  readonly isRequired: boolean;
}

function sentInQuery({ call }: Judged["site"], readViews: readonly View[], reader: SchemaReader): readonly Sent[] {
  const shown = new Set(readViews.flatMap(({ members }) => [...members.keys()].map(memberKey)));
  const credentials = credentialNames(reader);
  return call.parameters.flatMap(({ parameter, pointer }) => {
    const { name = "" } = parameter;
    if (parameter.in !== "query" || !shown.has(memberKey(name)) || credentials.has(name) || isProjection(name))
      return [];
    const located = { schema: parameter.schema ?? { type: "string" }, pointer: `${pointer}/schema` };
    return [{ name, located, isRequired: parameter.required === true }];
  });
}

/** Names under which a security scheme takes its key from the query. */
function credentialNames({ root }: SchemaReader): ReadonlySet<string> {
  const schemes = memberOf(memberOf(root, "components"), "securitySchemes");
  return new Set(
    Object.values(isRecord(schemes) ? schemes : {}).flatMap((scheme) => {
      const name = memberOf(scheme, "name");
      return memberOf(scheme, "in") === "query" && typeof name === "string" ? [name] : [];
    }),
  );
}
