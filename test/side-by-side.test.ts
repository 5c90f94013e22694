import { expect, test } from "vitest";
import { sideBySide } from "../src/side-by-side.ts";

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

test("results come in the order of the items, whatever ends first", async () => {
  const work = async (turns: number): Promise<number> => {
    for (let at = 0; at < turns; at += 1) await turn();
    return turns;
  };
  expect(await sideBySide([5, 1, 3], work, 2)).toEqual([5, 1, 3]);
});

test("an item is asked for when its work can begin", async () => {
  const asked: number[] = [];
  function* items(): Generator<number> {
    for (let item = 0; item < 4; item += 1) {
      asked.push(item);
      yield item;
    }
  }
  const gate = Promise.withResolvers<void>();
  const all = sideBySide(items(), () => gate.promise, 2);
  await turn();
  expect(asked).toEqual([0, 1]);
  gate.resolve();
  await all;
  expect(asked).toEqual([0, 1, 2, 3]);
});

test("after a failure nothing is begun, and what was begun ends first", async () => {
  const ended: number[] = [];
  const work = async (item: number): Promise<void> => {
    if (item === 0) throw new Error("It failed.");
    await turn();
    await turn();
    ended.push(item);
  };
  await expect(sideBySide([0, 1, 2, 3], work, 2)).rejects.toThrow("It failed.");
  expect(ended).toEqual([1]);
});

test("items that cannot be told are a failure", async () => {
  function* items(): Generator<number> {
    yield 1;
    throw new Error("There is no second.");
  }
  await expect(sideBySide(items(), turn, 2)).rejects.toThrow("There is no second.");
});
