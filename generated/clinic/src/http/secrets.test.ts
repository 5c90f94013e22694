import { describe, expect, test } from "vitest";
import { openSecrets } from "./secrets.ts";

describe("secrets of the environment", () => {
  const secrets = openSecrets({ KEYS: "ada=one, grace=two=2 ,mallory,=three,eve=one" }, "KEYS");

  test.each([
    { secret: "one", names: ["ada", "eve"] },
    { secret: "two=2", names: ["grace"] },
    { secret: "two", names: [] },
    { secret: "three", names: [] },
    { secret: "mallory", names: [] },
    { secret: "", names: [] },
  ])("know $secret as that of $names", ({ secret, names }) => {
    expect(secrets.namesOf(secret)).toEqual(names);
  });

  test("are kept, and others are made up where there are none", () => {
    expect(secrets.isThrowAway).toBe(false);
    const own = openSecrets({}, "KEYS");
    expect(own.isThrowAway).toBe(true);
    expect(own.namesOf("")).toEqual([]);
    const made = own.issue("ada");
    expect(made).toMatch(/^[\w-]{32}$/);
    expect(own.namesOf(made)).toEqual(["ada"]);
    expect(own.issue("ada")).not.toBe(made);
  });

  test("must be there in production", () => {
    expect(() => openSecrets({ NODE_ENV: "production" }, "KEYS")).toThrow("KEYS is not set");
    expect(openSecrets({ NODE_ENV: "production", KEYS: "ada=one" }, "KEYS").namesOf("one")).toEqual(["ada"]);
  });
});
