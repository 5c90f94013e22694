export const ana = "subject-of-ana";
export const ben = "subject-of-ben";

const key = (kind: number, number: number): string =>
  `0000000${kind}-0000-4000-8000-${String(number).padStart(12, "0")}`;
export const customer = (number: number): string => key(1, number);
export const account = (number: number): string => key(2, number);
export const card = (number: number): string => key(3, number);
export const transfer = (number: number): string => key(4, number);
export const at = (day: number, time = "09:00:00Z"): string => `2026-03-${String(day).padStart(2, "0")}T${time}`;

const accountOf = (number: number, owner: number, more: object): readonly [string, object] => [
  "accounts",
  {
    id: account(number),
    customerId: customer(owner),
    name: `Account ${number}`,
    currency: "EUR",
    interestRate: "1.2500",
    createdAt: at(number),
    ...more,
  },
];

/** The rows that each case starts from, through `create`. */
export const firstRows: readonly (readonly [collection: string, values: object])[] = [
  [
    "customers",
    {
      id: customer(1),
      subject: ana,
      name: "Ana",
      email: "ana@example.com",
      kind: "person",
      address: { line1: "a", city: "b", postcode: "c", country: "DE" },
      createdAt: at(1),
    },
  ],
  [
    "customers",
    {
      id: customer(2),
      subject: ben,
      name: "ben",
      email: "ben@example.com",
      kind: "company",
      phone: "+441632960961",
      birthDate: "1815-12-10",
      createdAt: at(1),
    },
  ],
  accountOf(1, 1, { balance: 100, overdraftLimit: 50 }),
  accountOf(2, 1, { balance: -20, status: "blocked", currency: "USD", interestRate: "0.5" }),
  accountOf(3, 2, { balance: 0, createdAt: at(1) }),
  [
    "cards",
    {
      id: card(1),
      accountId: account(1),
      kind: "virtual",
      holderName: "Ana",
      dailyLimit: 500,
      pin: "4071",
      createdAt: at(2, "10:00:00.123456+02:00"),
    },
  ],
  [
    "cards",
    {
      id: card(2),
      accountId: account(3),
      kind: "physical",
      holderName: "Ben",
      dailyLimit: 900,
      pin: "4071",
      status: "frozen",
      createdAt: at(2, "10:00:00.123456Z"),
    },
  ],
  [
    "transfers",
    {
      id: transfer(1),
      fromAccountId: account(1),
      toAccountId: account(3),
      amount: 5,
      currency: "EUR",
      reference: "A",
      createdAt: at(3),
    },
  ],
  [
    "transfers",
    {
      id: transfer(2),
      fromAccountId: account(1),
      toAccountId: account(2),
      amount: 7,
      currency: "EUR",
      purpose: null,
      reference: "B",
      status: "reversed",
      reversedAt: at(4),
      createdAt: at(4),
    },
  ],
  [
    "transfers",
    {
      id: transfer(3),
      fromAccountId: account(3),
      toAccountId: account(1),
      amount: 9,
      currency: "USD",
      purpose: "Rent",
      reference: "C",
      createdAt: at(5),
    },
  ],
];
