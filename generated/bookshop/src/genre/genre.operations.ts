import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import { type ListedPage, listRows, pageByOffset } from "../paging.ts";
import type { Genre, GenreReplacement } from "./genre.contract.ts";

/** All genres. */
export async function listGenres(context: Context): Promise<ListedPage<Genre>> {
  return listRows(context.genres, {}, pageByOffset(0, 1000));
}

/** One genre. */
export async function getGenre(params: { readonly code: string }, context: Context): Promise<Genre> {
  return unlessMissing(await context.genres.read(params.code));
}

/** Add a genre, or replace it. */
export async function putGenre(
  params: { readonly code: string },
  input: GenreReplacement,
  context: Context,
): Promise<Genre> {
  return (
    (await context.genres.update(params.code, { label: input.label, shelf: input.shelf ?? null })) ??
    (await context.genres.create({ code: params.code, label: input.label, shelf: input.shelf ?? null }))
  );
}

/** Delete a genre. */
export async function deleteGenre(params: { readonly code: string }, context: Context): Promise<Genre> {
  return unlessMissing(await context.genres.delete(params.code));
}
