import { expect, test } from "vitest";
import { pullThrottled, retryThrottled } from "../../../src/docker/engine/retry.ts";
import { Failure } from "../../../src/failure.ts";

function failing(times: number, error: Error) {
  let attempts = 0;
  const attempt = async () => {
    attempts += 1;
    if (attempts <= times) throw error;
    return attempts;
  };
  return { attempt, attempts: () => attempts };
}

test("retries a throttled request until it succeeds", async () => {
  const { attempt } = failing(3, pullThrottled("The pull"));
  expect(await retryThrottled(attempt, undefined, 1)).toBe(4);
});

test("fails after the third retry", async () => {
  const { attempt, attempts } = failing(9, pullThrottled("The pull"));
  await expect(retryThrottled(attempt, undefined, 1)).rejects.toMatchObject({ code: "pull-throttled" });
  expect(attempts()).toBe(4);
});

test.each([new Failure("build-failed", "no"), new Error("a bug"), new TypeError("a bug")])(
  "does not retry %s",
  async (error) => {
    const { attempt, attempts } = failing(9, error);
    await expect(retryThrottled(attempt, undefined, 1)).rejects.toBe(error);
    expect(attempts()).toBe(1);
  },
);

test("stops waiting when the run is cancelled", async () => {
  const { attempt, attempts } = failing(9, pullThrottled("The pull"));
  const anHour = 3_600_000;
  await expect(retryThrottled(attempt, AbortSignal.timeout(50), anHour)).rejects.toMatchObject({
    code: "cancelled",
  });
  expect(attempts()).toBe(1);
});
