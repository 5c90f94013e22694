/** One body for a slot of ledger's, and what it shows. */
export interface BodyCase {
  readonly slot: string;
  readonly title: string;
  readonly body: string;
}

export const covered = "transfer.create.covered";
export const receivable = "transfer.create.receivable";
export const reference = "transfer.create.reference";
export const settle = "transfer.create.settle";
export const reverse = "transfer.reverse";
export const overdrawn = "account.list.overdrawn";
export const empty = "account.delete.empty";
export const available = "account.availableBalance";
export const allowed = "card.create.allowed";
export const changeable = "card.update.allowed";
export const freeze = "card.freeze";
export const unfreeze = "card.unfreeze";
export const closing = "statement.create.closingBalance";
export const counted = "statement.transferCount";

/** Cases of one slot, as [title, body]. */
export function of(slot: string, ...cases: readonly (readonly [title: string, body: string])[]): readonly BodyCase[] {
  return cases.map(([title, body]) => ({ slot, title, body }));
}

/** A rule that is right, after these statements: what is refused is what they do. */
export function rightAfter(...lines: readonly string[]): string {
  return [...lines, 'return account.balance === 0 ? context.accept() : context.refuse("account-not-empty");'].join(
    "\n",
  );
}
