import type { Place } from "../diagnostic/diagnostic.ts";
import { joinPointer, printPointer } from "../diagnostic/pointer.ts";
import type { Pointer } from "../diagnostic/pointer.ts";
import { positionOf } from "../diagnostic/positions.ts";
import type { Text } from "../diagnostic/positions.ts";
import { member } from "./raw.ts";

/** Where a node was written: a text, and the pointer in it. */
export interface Origin {
  readonly text: Text;
  readonly pointer: Pointer;
}

/**
 * Remembers where each object and array was written, by identity: a node keeps its origin wherever it is moved to, and
 * one that is made takes the origin of what it was made from.
 */
export interface Origins {
  /** Takes in a tree that was just read. A node that occurs twice (a YAML alias) keeps the first place. */
  enter(text: Text, root: object): void;
  adopt<T extends object>(made: T, from: object): T;
  /** What was made from the scalar in that member of that parent has its place. */
  adoptMember<T extends object>(made: T, parent: object, key: string): T;
  /** True when the node stands where it was written: in that member of that parent. */
  isAt(node: object, parent: object, key: string): boolean;
  /** Undefined for a node that was neither read nor adopted. */
  of(node: object): Origin | undefined;
  /** The place of a node, or of a member of it, for a diagnostic. */
  place(node: object, ...tokens: readonly (string | number)[]): Place;
}

type Link = { readonly parent: object; readonly key: string } | { readonly text: Text };

export function createOrigins(): Origins {
  const links = new Map<object, Link>();
  const of = (node: object): Origin | undefined => {
    const tokens: string[] = [];
    let link = links.get(node);
    for (; link !== undefined && "parent" in link; link = links.get(link.parent)) tokens.push(link.key);
    return link && { text: link.text, pointer: printPointer(tokens.reverse()) };
  };
  return {
    enter(text, root) {
      links.set(root, { text });
      enterChildren(links, root);
    },
    adopt(made, from) {
      const link = links.get(from);
      if (link !== undefined) links.set(made, link);
      return made;
    },
    adoptMember(made, parent, key) {
      links.set(made, { parent, key });
      return made;
    },
    isAt(node, parent, key) {
      const link = links.get(node);
      return link !== undefined && "parent" in link && link.parent === parent && link.key === key;
    },
    of,
    place(node, ...tokens) {
      const origin = of(node);
      if (origin === undefined) return { file: "" };
      const pointer = joinPointer(origin.pointer, ...tokens);
      return placeIn(origin.text, pointer);
    },
  };
}

/** A place as people read it: the pointer is shown as it is, without percent-encoding. */
export function placeIn(text: Text, pointer: Pointer): Place {
  return { file: text.file, ...positionOf(text, pointer), pointer: `#${pointer}` };
}

function enterChildren(links: Map<object, Link>, root: object): void {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const key of Object.keys(node)) {
      const value = member(node, key);
      if (typeof value !== "object" || value === null || links.has(value)) continue;
      links.set(value, { parent: node, key });
      open.push(value);
    }
  }
}
