import type { Example } from "./example.ts";
import { go } from "./examples/go.ts";
import { java } from "./examples/java.ts";
import { node } from "./examples/node.ts";
import { python } from "./examples/python.ts";

/** The first one is the default. */
export const examples: readonly [Example, ...Example[]] = [go, python, java, node];
