import type { Context } from "../context.ts";
import { unlessMissing } from "../failure.ts";
import { type ListedPage, listRows, pageByOffset } from "../paging.ts";
import type { Author, NewAuthor } from "./author.contract.ts";

/** Authors. */
export async function listAuthors(
  query: { readonly offset?: number; readonly limit?: number; readonly name?: string },
  context: Context,
): Promise<ListedPage<Author>> {
  return listRows(
    context.authors,
    { filters: { name: query.name } },
    pageByOffset(query.offset ?? 0, query.limit ?? 50),
  );
}

/** Add an author. */
export async function addAuthor(input: NewAuthor, context: Context): Promise<Author> {
  return context.authors.create({ name: input.name, born: input.born, website: input.website });
}

/** One author. */
export async function getAuthor(params: { readonly author_id: number }, context: Context): Promise<Author> {
  return unlessMissing(await context.authors.read(params.author_id));
}

/** Replace an author. */
export async function updateAuthor(
  params: { readonly author_id: number },
  input: NewAuthor,
  context: Context,
): Promise<Author> {
  return unlessMissing(
    await context.authors.update(params.author_id, {
      name: input.name,
      born: input.born ?? null,
      website: input.website ?? null,
    }),
  );
}

/** Delete an author. */
export async function deleteAuthor(params: { readonly author_id: number }, context: Context): Promise<Author> {
  return unlessMissing(await context.authors.delete(params.author_id));
}
