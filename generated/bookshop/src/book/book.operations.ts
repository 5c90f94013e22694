import type { Context } from "../context.ts";
import { unlessContradicted, unlessMissing } from "../failure.ts";
import { counted, type ListedPage, listRows, pageByOffset } from "../paging.ts";
import type { Book, NewBook } from "./book.contract.ts";

/** An author's books. */
export async function listBooksByAuthor(
  params: { readonly author_id: number },
  query: { readonly offset?: number; readonly limit?: number },
  context: Context,
): Promise<ListedPage<Book>> {
  unlessMissing(await context.authors.read(params.author_id));
  return listRows(
    context.books,
    { within: { author_id: params.author_id } },
    counted(pageByOffset(query.offset ?? 0, query.limit ?? 50)),
  );
}

/** Books. */
export async function listBooks(
  query: {
    readonly offset?: number;
    readonly limit?: number;
    readonly genre_code?: string;
    readonly language?: "de" | "en" | "es" | "fr" | "it";
    readonly min_price?: number;
    readonly max_price?: number;
  },
  context: Context,
): Promise<ListedPage<Book>> {
  return listRows(
    context.books,
    {
      filters: {
        genre_code: query.genre_code,
        language: query.language,
        min_price: query.min_price,
        max_price: query.max_price,
      },
    },
    counted(pageByOffset(query.offset ?? 0, query.limit ?? 50)),
  );
}

/** Add a book. */
export async function addBook(input: NewBook, context: Context): Promise<Book> {
  return context.books.create({
    isbn: input.isbn,
    title: input.title,
    author_id: input.author_id,
    genre_code: input.genre_code,
    language: input.language,
    price: input.price,
    pages: input.pages,
    published: input.published,
    keywords: input.keywords,
    in_stock: input.in_stock,
  });
}

/** One book. */
export async function getBooksByIsbn(params: { readonly isbn: string }, context: Context): Promise<Book> {
  return unlessMissing(await context.books.read(params.isbn));
}

/** Replace a book. */
export async function updateBook(params: { readonly isbn: string }, input: NewBook, context: Context): Promise<Book> {
  unlessContradicted(input.isbn, params.isbn, "/isbn");
  return unlessMissing(
    await context.books.update(params.isbn, {
      title: input.title,
      author_id: input.author_id,
      genre_code: input.genre_code ?? null,
      language: input.language ?? "en",
      price: input.price,
      pages: input.pages ?? null,
      published: input.published ?? null,
      keywords: input.keywords ?? null,
      in_stock: input.in_stock ?? true,
    }),
  );
}

/** Delete a book. */
export async function deleteBook(params: { readonly isbn: string }, context: Context): Promise<Book> {
  return unlessMissing(await context.books.delete(params.isbn));
}
