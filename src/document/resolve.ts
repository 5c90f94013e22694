import type { Place } from "../diagnostic/diagnostic.ts";
import { parentPointer, parsePointer, pointerOfFragment } from "../diagnostic/pointer.ts";
import type { Pointer } from "../diagnostic/pointer.ts";
import type { Document, Move } from "./document.ts";
import { placeIn } from "./origins.ts";
import { isReference, member } from "./raw.ts";

const movesByPlace = new WeakMap<Document, ReadonlyMap<Pointer, Move>>();

/** Where the author wrote what stands at a pointer of the document's tree: file, line, column, and the pointer there. */
export function placeOf(document: Document, pointer: Pointer): Place {
  const { file, pointer: written } = writtenAt(document, pointer);
  const text = document.sources.find((source) => source.file === file);
  return text === undefined ? { file, pointer: `#${written}` } : placeIn(text, written);
}

/** A node of the tree with the references at its top followed; undefined where they lead nowhere or in a circle. */
export function deref(
  document: Document,
  pointer: Pointer,
): { readonly node: unknown; readonly pointer: Pointer } | undefined {
  const passed = new Set<Pointer>();
  for (let at: Pointer | undefined = pointer; at !== undefined && !passed.has(at);) {
    passed.add(at);
    const node = nodeAt(document, at);
    if (!isReference(node)) return node === undefined ? undefined : { node, pointer: at };
    at = pointerOfFragment(node.$ref);
  }
  return undefined;
}

function nodeAt(document: Document, pointer: Pointer): unknown {
  return parsePointer(pointer).reduce<unknown>((node, token) => member(node, token), document.root);
}

function writtenAt(document: Document, pointer: Pointer): { readonly file: string; readonly pointer: Pointer } {
  const moves = movesByPlace.get(document) ?? new Map(document.moves.map((move) => [move.at, move]));
  movesByPlace.set(document, moves);
  for (let at: Pointer | undefined = pointer; at !== undefined; at = parentPointer(at)) {
    const move = moves.get(at);
    if (move !== undefined) return { file: move.file, pointer: move.pointer + pointer.slice(at.length) };
  }
  return { file: document.file, pointer };
}
