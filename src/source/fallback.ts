import { DeliveryFailure } from "../docker/build/failure.ts";
import { Failure, type FailureCode } from "../failure.ts";

/**
 * Whether another route may do better: what went wrong is the way that an image came, as against bytes that are wrong whatever
 * way they come.
 */
export function isWorthAnotherRoute(error: unknown): error is Failure {
  return error instanceof DeliveryFailure || (error instanceof Failure && ofDelivery.has(error.code));
}

const ofDelivery: ReadonlySet<FailureCode> = new Set([
  "archive-truncated",
  "archive-invalid",
  "blob-missing",
  "engine-failed",
]);
