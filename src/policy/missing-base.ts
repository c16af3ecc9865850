/** Why there is no base side. Only `new` is nobody's fault: rules about growth then do not apply. */
export interface MissingBase {
  readonly reason: "new" | "moved" | "build-failed" | "unavailable" | "not-asked";
  /** one sentence for people */
  readonly message: string;
}
