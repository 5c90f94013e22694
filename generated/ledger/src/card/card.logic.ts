import type { Refusal, Verdict } from "../contract.ts";
import type {
  Card,
  CardUpdate,
  FreezeCardCode,
  FreezeCardContext,
  FreezeCardRequest,
  IsAllowedCode,
  IsAllowedContext,
  IsUpdateCardAllowedCode,
  IsUpdateCardAllowedContext,
  NewCard,
  UnfreezeCardCode,
  UnfreezeCardContext,
  UnfreezeCardRequest,
} from "./card.contract.ts";

/** In minor units, whatever the currency. */
const highestVirtualLimit = 100_000;

/**
 * The account is open, and the daily limit of a virtual card is 100000 at most.
 *
 * @slot card.create.allowed  rule, before POST /cards
 */
export async function isAllowed(card: NewCard, context: IsAllowedContext): Promise<Verdict<IsAllowedCode>> {
  const account = await context.accounts.read(card.accountId);
  if (account?.status !== "open") return context.refuse("account-not-open", "accountId");
  const isTooHigh = card.kind === "virtual" && card.dailyLimit > highestVirtualLimit;
  return isTooHigh ? context.refuse("limit-too-high", "dailyLimit") : context.accept();
}

/**
 * A frozen card cannot be changed before it is unfrozen.
 *
 * @slot card.update.allowed  rule, before PATCH /cards/{cardId}
 */
export async function isUpdateCardAllowed(
  card: CardUpdate,
  current: Card,
  context: IsUpdateCardAllowedContext,
): Promise<Verdict<IsUpdateCardAllowedCode>> {
  return current.status === "frozen" ? context.refuse("card-frozen") : context.accept();
}

/**
 * An active card becomes frozen. A card that is not active is left as it is.
 *
 * @slot card.freeze  operation, POST /cards/{cardId}/freeze
 */
export async function freezeCard(
  request: FreezeCardRequest,
  context: FreezeCardContext,
): Promise<Card | Refusal<FreezeCardCode>> {
  const active = { id: request.params.cardId, status: "active" };
  const frozen = await context.transaction(({ cards }) => cards.update(active, { status: "frozen" }));
  return frozen ?? context.refuse("card-not-active");
}

/**
 * A frozen card becomes active again. A card that is not frozen is left as it is.
 *
 * @slot card.unfreeze  operation, POST /cards/{cardId}/unfreeze
 */
export async function unfreezeCard(
  request: UnfreezeCardRequest,
  context: UnfreezeCardContext,
): Promise<Card | Refusal<UnfreezeCardCode>> {
  const frozen = { id: request.params.cardId, status: "frozen" };
  const active = await context.transaction(({ cards }) => cards.update(frozen, { status: "active" }));
  return active ?? context.refuse("card-not-frozen");
}
