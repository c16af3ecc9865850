/**
 * The two image stores of an engine. They differ in what they save, export and push, so tests run on both.
 */
export const stores = ["graphdriver", "containerd"] as const;

export type Store = (typeof stores)[number];
