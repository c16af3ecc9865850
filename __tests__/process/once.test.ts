import { expect, test } from "vitest";
import { once } from "../../src/process/once.ts";

test("asks only when needed, and only once, even for concurrent callers", async () => {
  let asked = 0;
  const ask = once(async () => {
    asked += 1;
    return asked;
  });
  expect(asked).toBe(0);
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  expect(await ask()).toBe(1);
});

test("does not ask again after a failure", async () => {
  let asked = 0;
  const ask = once(() => {
    asked += 1;
    return Promise.reject(new Error(`refused ${asked}`));
  });
  await expect(ask()).rejects.toThrow("refused 1");
  await expect(ask()).rejects.toThrow("refused 1");
});
