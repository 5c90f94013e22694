import type { Context, OperationContext } from "../context.ts";
import { unlessDangling, unlessMissing, unlessRefused } from "../failure.ts";
import { type ListedPage, listRows, pageByCursor } from "../paging.ts";
import type { Card, CardUpdate, FreezeCardRequest, NewCard, UnfreezeCardRequest } from "./card.contract.ts";

/** List the cards of an account. */
export async function listAccountCards(
  params: { readonly accountId: string },
  query: { readonly limit?: number; readonly cursor?: string },
  context: Context,
): Promise<ListedPage<Card>> {
  unlessMissing(await context.accounts.read(params.accountId));
  return listRows(
    context.cards,
    { within: { accountId: params.accountId } },
    pageByCursor(query.cursor, query.limit ?? 20),
  );
}

/** List the caller's cards. */
export async function listCards(
  query: {
    readonly limit?: number;
    readonly cursor?: string;
    readonly status?: "active" | "frozen" | "expired";
    readonly kind?: "physical" | "virtual";
  },
  context: Context,
): Promise<ListedPage<Card>> {
  return listRows(
    context.cards,
    { filters: { status: query.status, kind: query.kind } },
    pageByCursor(query.cursor, query.limit ?? 20),
  );
}

/** Issue a card for an account. */
export async function issueCard(input: NewCard, context: Context): Promise<Card> {
  unlessDangling(await context.accounts.read(input.accountId), "/accountId");
  unlessRefused(await context.logic.cards.isAllowed(input, context), isAllowedRefusals);
  return context.cards.create({
    accountId: input.accountId,
    kind: input.kind,
    holderName: input.holderName,
    dailyLimit: input.dailyLimit,
    pin: input.pin,
  });
}

/** Read a card. */
export async function getCard(params: { readonly cardId: string }, context: Context): Promise<Card> {
  return unlessMissing(await context.cards.read(params.cardId));
}

/** Cancel a card. */
export async function cancelCard(params: { readonly cardId: string }, context: Context): Promise<Card> {
  return unlessMissing(await context.cards.delete(params.cardId));
}

/** Change a card's holder, limit or PIN. */
export async function updateCard(
  params: { readonly cardId: string },
  input: CardUpdate,
  context: Context,
): Promise<Card> {
  const current = unlessMissing(await context.cards.read(params.cardId));
  unlessRefused(await context.logic.cards.isUpdateCardAllowed(input, current, context), isUpdateCardAllowedRefusals);
  return unlessMissing(
    await context.cards.update(params.cardId, {
      holderName: input.holderName,
      dailyLimit: input.dailyLimit,
      pin: input.pin,
    }),
  );
}

/** Freeze a card. */
export async function freezeCard(request: FreezeCardRequest, context: OperationContext) {
  unlessMissing(await context.connected(({ cards }) => cards.read(request.params.cardId)));
  return unlessRefused(await context.logic.cards.freezeCard(request, context), freezeCardRefusals);
}

/** Unfreeze a card. */
export async function unfreezeCard(request: UnfreezeCardRequest, context: OperationContext) {
  unlessMissing(await context.connected(({ cards }) => cards.read(request.params.cardId)));
  return unlessRefused(await context.logic.cards.unfreezeCard(request, context), unfreezeCardRefusals);
}

const isAllowedRefusals = { "account-not-open": 409, "limit-too-high": 422 };

const isUpdateCardAllowedRefusals = { "card-frozen": 409 };

const freezeCardRefusals = { "card-not-active": 409 };

const unfreezeCardRefusals = { "card-not-frozen": 409 };
