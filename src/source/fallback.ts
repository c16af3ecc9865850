import { DeliveryFailure } from "../docker/build/failure.ts";
import { Failure, type FailureCode } from "../failure.ts";

/** Reports whether another route may work: the delivery of an image failed, and its bytes are not wrong. */
export function isWorthAnotherRoute(error: unknown): error is Failure {
  return error instanceof DeliveryFailure || (error instanceof Failure && ofDelivery.has(error.code));
}

const ofDelivery: ReadonlySet<FailureCode> = new Set([
  "archive-truncated",
  "archive-invalid",
  "blob-missing",
  "engine-failed",
]);
