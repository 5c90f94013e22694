import { expect, test } from "vitest";
import { remembered, rememberedByName } from "../../src/plan/remember.ts";

test("what was worked out once is not worked out again, also where the result is undefined", () => {
  const asked: object[] = [];
  const work = remembered((subject: object) => {
    asked.push(subject);
    return undefined;
  });
  const [one, other] = [{}, {}];
  for (const subject of [one, one, other, one]) work(subject);
  expect(asked).toEqual([one, other]);
});

test("each name of each subject has its own result", () => {
  const work = rememberedByName((subject: { readonly at: number }, name) => ({ text: `${name} ${subject.at}` }));
  const [one, other] = [{ at: 1 }, { at: 2 }];
  expect(work(one, "a")).toBe(work(one, "a"));
  expect([work(one, "b"), work(other, "a")]).toEqual([{ text: "b 1" }, { text: "a 2" }]);
});
