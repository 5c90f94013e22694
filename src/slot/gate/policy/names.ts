/**
 * Every global that a body may name, and what of it: members, a call, `new`, or the bare name as an argument, as in
 * `map(Number)`. What is not here is refused, whatever the platform has. docs/slots-policy.md says why.
 */
export interface GlobalUse {
  readonly members?: readonly string[];
  readonly isCallable?: true;
  /** With how many arguments `new` is allowed: at least, at most. */
  readonly constructed?: readonly [least: number, most: number];
  /** May be handed on as a function. */
  readonly isArgument?: true;
  /** May stand on the right of `instanceof`. */
  readonly isClass?: true;
  /** Is a value and nothing else. */
  readonly isValue?: true;
}

const math =
  "abs ceil floor round trunc sign sqrt cbrt min max pow log log2 log10 log1p exp expm1 hypot fround PI E LN2 LN10 LOG2E LOG10E SQRT2";

const numberMembers =
  "isInteger isSafeInteger isFinite isNaN parseFloat parseInt MAX_SAFE_INTEGER MIN_SAFE_INTEGER MAX_VALUE MIN_VALUE EPSILON POSITIVE_INFINITY NEGATIVE_INFINITY NaN";

export const allowedGlobals: ReadonlyMap<string, GlobalUse> = new Map<string, GlobalUse>([
  ["undefined", { isValue: true }],
  ["NaN", { isValue: true }],
  ["Infinity", { isValue: true }],
  ["Math", { members: math.split(" ") }],
  ["Number", { members: numberMembers.split(" "), isCallable: true, isArgument: true }],
  ["String", { members: ["fromCharCode", "fromCodePoint"], isCallable: true, isArgument: true }],
  ["Boolean", { isCallable: true, isArgument: true }],
  ["BigInt", { members: ["asIntN", "asUintN"], isCallable: true, isArgument: true }],
  ["Object", { members: ["keys", "values", "entries", "fromEntries", "hasOwn", "is", "groupBy"] }],
  ["Array", { members: ["isArray", "from", "of"], constructed: [0, 1] }],
  ["JSON", { members: ["stringify"] }],
  ["Date", { members: ["parse", "UTC"], constructed: [1, 1], isClass: true }],
  ["Map", { members: ["groupBy"], constructed: [0, 1], isClass: true }],
  ["Set", { constructed: [0, 1], isClass: true }],
  ["Promise", { members: ["all", "resolve"] }],
  ["Error", { constructed: [1, 1], isClass: true }],
  ["RangeError", { constructed: [1, 1], isClass: true }],
  ["TypeError", { constructed: [1, 1], isClass: true }],
  ["parseInt", { isCallable: true, isArgument: true }],
  ["parseFloat", { isCallable: true, isArgument: true }],
  ["isNaN", { isCallable: true, isArgument: true }],
  ["isFinite", { isCallable: true, isArgument: true }],
  ["encodeURIComponent", { isCallable: true, isArgument: true }],
  ["decodeURIComponent", { isCallable: true, isArgument: true }],
]);

/** Types that a body may name besides those that its file imports and those that it declares. */
export const allowedTypes: ReadonlySet<string> = new Set(
  (
    "Promise Record Partial Required Readonly Pick Omit Exclude Extract NonNullable Awaited ReturnType Parameters " +
    "Array ReadonlyArray Map ReadonlyMap Set ReadonlySet Date Error const"
  ).split(" "),
);

/** What to do instead of a global that people reach for; the cure for all others is general. */
export const globalCures: ReadonlyMap<string, string> = new Map([
  ["console", "A body prints nothing; leave it out."],
  ["process", "The environment is out of reach; what a body may know is in context."],
  ["globalThis", "What a body may reach is in its parameters."],
  ["fetch", "Call a collaborator of the team's through services, after the commit."],
  ["setTimeout", "A body waits for nothing but its repositories."],
  ["Intl", "Formatting depends on the machine; build the text from the value's parts."],
  ["Symbol", "Use plain members and arrays."],
  ["RegExp", "Write the expression as a literal: /…/."],
  ["structuredClone", "Copy with a spread: { ...row }."],
  ["crypto", "Nothing is random here; the database makes keys."],
  ["Reflect", "Name the member: row.name."],
  ["Proxy", "Use a plain object."],
  ["Buffer", "Use strings and numbers."],
  ["require", "Nothing can be imported; what a body may reach is in its parameters."],
]);

/** Names of the platform's own: whoever uses one reaches out, and has not only forgotten to declare something. */
export const platformGlobals: ReadonlySet<string> = new Set([
  ...globalCures.keys(),
  ...(
    "eval Function global window self top frames document navigator location performance queueMicrotask setImmediate " +
    "setInterval clearTimeout clearInterval clearImmediate XMLHttpRequest WebSocket EventSource Worker SharedWorker " +
    "MessageChannel BroadcastChannel WebAssembly SharedArrayBuffer ArrayBuffer Atomics DataView Uint8Array Int8Array " +
    "Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array BigInt64Array BigUint64Array WeakRef " +
    "FinalizationRegistry Iterator AsyncFunction GeneratorFunction module exports arguments URL Request Response " +
    "Headers FormData Blob File localStorage sessionStorage indexedDB alert importScripts Deno Bun escape unescape"
  ).split(" "),
]);

/** Members through which code, other realms or prototypes are reached, refused on whatever they stand. */
export const refusedMembers: ReadonlySet<string> = new Set([
  "constructor",
  "prototype",
  "__proto__",
  "__defineGetter__",
  "__defineSetter__",
  "__lookupGetter__",
  "__lookupSetter__",
  "callee",
  "prepareStackTrace",
  "captureStackTrace",
  "stackTraceLimit",
]);

/** Names that an object literal must not give its members: the language calls them by itself. */
export const refusedKeys: ReadonlySet<string> = new Set(["then", "toJSON", "toString", "valueOf", ...refusedMembers]);
