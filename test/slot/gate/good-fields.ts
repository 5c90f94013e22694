import { available, of, overdrawn, type BodyCase } from "./bodies.ts";

/** Right bodies of filters and of fields that are computed on read. */
export const goodFields: readonly BodyCase[] = [
  ...of(
    overdrawn,
    ["a conditional comparison", "return { balance: value ? { below: 0 } : { atLeast: 0 } };"],
    [
      "two conditions",
      `
  if (value) return { balance: { below: 0 } };
  return { balance: { atLeast: 0 } };`,
    ],
    [
      "any of two",
      "return value ? { balance: { below: 0 } } : { anyOf: [{ balance: { equals: 0 } }, { balance: { above: 0 } }] };",
    ],
    [
      "all of one",
      `
  const negative = { balance: { below: 0 } };
  const other = { balance: { atLeast: 0 } };
  return { allOf: [value ? negative : other] };`,
    ],
    ["at most minus one", "return value ? { balance: { atMost: -1 } } : { balance: { above: -1 } };"],
  ),
  ...of(
    available,
    [
      "map",
      'return accounts.map(({ status, balance, overdraftLimit }) => (status === "open" ? balance + overdraftLimit : 0));',
    ],
    [
      "a loop",
      `
  const answers: number[] = [];
  for (const account of accounts) {
    if (account.status === "open") {
      answers.push(account.balance + account.overdraftLimit);
    } else {
      answers.push(0);
    }
  }
  return answers;`,
    ],
    [
      "a counting loop",
      `
  const answers: number[] = [];
  for (let at = 0; at < accounts.length; at += 1) {
    const account = accounts[at];
    if (account === undefined) continue;
    answers.push(account.status === "open" ? account.balance + account.overdraftLimit : 0);
  }
  return answers;`,
    ],
    [
      "a while loop",
      `
  const answers: number[] = [];
  const left = [...accounts];
  while (left.length > 0) {
    const account = left.shift();
    if (account === undefined) break;
    answers.push(account.status === "open" ? account.balance + account.overdraftLimit : 0);
  }
  return answers;`,
    ],
    [
      "an array of a length, filled by place",
      `
  const answers = new Array<number>(accounts.length).fill(0);
  accounts.forEach((account, at) => {
    if (account.status === "open") answers[at] = account.balance + account.overdraftLimit;
  });
  return answers;`,
    ],
    [
      "reduce",
      `
  return accounts.reduce<number[]>(
    (answers, { status, balance, overdraftLimit }) => [...answers, status === "open" ? balance + overdraftLimit : 0],
    [],
  );`,
    ],
    [
      "reduce that pushes",
      `
  return accounts.reduce((answers: number[], account) => {
    answers.push(account.status === "open" ? account.balance + account.overdraftLimit : 0);
    return answers;
  }, []);`,
    ],
    [
      "an async function inside, awaited together",
      `
  const spendable = async (account: Account): Promise<number> => {
    if (account.status !== "open") return 0;
    return account.balance + account.overdraftLimit;
  };
  return Promise.all(accounts.map((account) => spendable(account)));`,
    ],
    [
      "a Map by key",
      `
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return accounts.map(({ id }) => {
    const account = byId.get(id);
    return account?.status === "open" ? account.balance + account.overdraftLimit : 0;
  });`,
    ],
  ),
];
