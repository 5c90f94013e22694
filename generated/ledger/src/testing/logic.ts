import type { Logic } from "../logic.ts";

/** Logic that gets in no test's way: rules accept, effects do nothing, values are valid, filters let everything through. */
export const acceptingLogic: Logic = {
  accounts: {
    overdrawn: () => ({}),
    isEmpty: async (_1, context) => context.accept(),
    availableBalance: async (rows) => rows.map(() => 125000),
  },
  cards: {
    isAllowed: async (_1, context) => context.accept(),
    isUpdateCardAllowed: async (_1, _2, context) => context.accept(),
    freezeCard: async (request, context) =>
      (await context.transaction(({ cards }) => cards.read(request.params.cardId))) ?? context.notImplemented(),
    unfreezeCard: async (request, context) =>
      (await context.transaction(({ cards }) => cards.read(request.params.cardId))) ?? context.notImplemented(),
  },
  statements: {
    closingBalance: async () => 125000,
    transferCount: async (rows) => rows.map(() => 3),
  },
  transfers: {
    isCovered: async (_1, context) => context.accept(),
    isReceivable: async (_1, context) => context.accept(),
    reference: async () => "RENT OCTOBER",
    settle: async () => {},
    reverseTransfer: async (request, context) =>
      (await context.transaction(({ transfers }) => transfers.read(request.params.transferId))) ??
      context.notImplemented(),
  },
};
