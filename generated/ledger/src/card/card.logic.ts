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

/**
 * The account is open, and the daily limit of a virtual card is 100000 at most.
 *
 * @slot card.create.allowed  rule, before POST /cards
 */
export async function isAllowed(card: NewCard, context: IsAllowedContext): Promise<Verdict<IsAllowedCode>> {
  // Open: lets every request pass until it is filled.
  return context.accept();
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
  // Open: lets every request pass until it is filled.
  return context.accept();
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
  // Open: answers 501 until it is filled.
  return context.notImplemented();
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
  // Open: answers 501 until it is filled.
  return context.notImplemented();
}
