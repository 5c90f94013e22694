/** Who calls: the subject of the credentials, and what they allow. */
export interface Caller {
  readonly subject: string;
  readonly scopes: readonly string[];
}

/** Part of a list, and where the rest starts; null at its end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: Position | null;
}

/** The values that a list is ordered by, of the last item that was seen. */
export type Position = readonly unknown[];

/** A row's key; or members that must be equal, for compound keys and rows below a parent. */
export type Key = string | number | Readonly<Record<string, string | number>>;

/** One member that a list is ordered by. */
export interface OrderTerm {
  readonly by: string;
  readonly descending?: boolean;
}

/** What a list can be asked. */
export interface ListQuery<Row, Filter = object> {
  readonly filters?: Filter | undefined;
  /** Members that must be equal. */
  readonly within?: Readonly<Record<string, unknown>> | undefined;
  readonly where?: RowCondition<Row> | undefined;
  readonly order?: readonly OrderTerm[] | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  readonly after?: Position | undefined;
  /** The row after which the page starts, where no position is given. */
  readonly afterRow?: Row | undefined;
}

/** Reads the rows of one entity that are in reach: the caller's own where rows have an owner. */
export interface RowReader<Row, Filter> {
  read(key: Key): Promise<Row | undefined>;
  list(query: ListQuery<Row, Filter>): Promise<Page<Row>>;
  count(query: ListQuery<Row, Filter>): Promise<number>;
  /** How many rows each condition lets through, asked at once: for what a list shows of every row. */
  countEach(conditions: readonly RowCondition<Row>[]): Promise<readonly number[]>;
}

/** Reads and changes rows, under the tables' constraints; no rule runs. */
export interface RowWriter<Row, Values, Filter> extends RowReader<Row, Filter> {
  create(values: Values): Promise<Row>;
  /** A function gets the row, locked until the transaction ends. Undefined where there is no such row. */
  update(key: Key, change: Values | ((row: Row) => Values)): Promise<Row | undefined>;
  /** The row as it was; undefined where there was none. */
  delete(key: Key): Promise<Row | undefined>;
}

export interface Accepted {
  readonly accepted: true;
}

export interface Refusal<Code extends string = string> {
  readonly accepted: false;
  readonly code: Code;
  /** The member of the request that is to blame. */
  readonly field: string | undefined;
}

export type Verdict<Code extends string> = Accepted | Refusal<Code>;

/** What every slot knows. Functions of a context need no `this`: a body may take them out of it. */
export interface SlotContext {
  readonly caller: Caller;
  /** The time of the request, RFC 3339 in UTC. */
  readonly now: string;
}

export interface RuleContext<Code extends string> extends SlotContext {
  accept(this: void): Accepted;
  /** Ends the operation with the status that the rule declares for this code. */
  refuse(this: void, code: Code, field?: string): Refusal<Code>;
}

export interface FilterContext extends SlotContext {
  notImplemented(this: void): never;
}

export interface EffectContext<Services> extends SlotContext {
  /** Runs once the transaction is committed, and not at all where it is not. */
  afterCommit(this: void, work: (services: Services) => Promise<void>): void;
}

export interface OperationContext<Code extends string, Services, Transaction> extends SlotContext {
  readonly services: Services;
  refuse(this: void, code: Code, field?: string): Refusal<Code>;
  notImplemented(this: void): never;
  /** Runs the work in one transaction, again from its start where it loses against another one. A refusal rolls back. */
  transaction<Result>(this: void, work: (context: Transaction) => Promise<Result>): Promise<Result>;
}

/** Which rows a filter lets through, by their members. All that is said must hold. */
export type RowCondition<Row> =
  | { readonly [Name in keyof Row]?: Comparison<NonNullable<Row[Name]>> }
  | { readonly anyOf: readonly RowCondition<Row>[] }
  | { readonly allOf: readonly RowCondition<Row>[] };

export interface Comparison<Value> {
  readonly equals?: Value;
  readonly not?: Value;
  readonly below?: Value;
  readonly atMost?: Value;
  readonly above?: Value;
  readonly atLeast?: Value;
  readonly isNull?: boolean;
}
