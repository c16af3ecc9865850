import { expect, test } from "vitest";
import { once } from "../../src/process/once.ts";

test("nothing is asked before it is needed, and once then, also at the same time", async () => {
  let asked = 0;
  const ask = once(async () => {
    asked += 1;
    return asked;
  });
  expect(asked).toBe(0);
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  expect(await ask()).toBe(1);
});

test("an answer that failed is not asked for again", async () => {
  let asked = 0;
  const ask = once(() => {
    asked += 1;
    return Promise.reject(new Error(`refused ${asked}`));
  });
  await expect(ask()).rejects.toThrow("refused 1");
  await expect(ask()).rejects.toThrow("refused 1");
});
