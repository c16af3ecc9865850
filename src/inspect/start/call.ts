import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { BytePath } from "../../image/path.ts";
import type { Account } from "./account.ts";

/** The execution of an ELF program. All text is bytes. */
export interface Call {
  readonly program: FilesystemNode;
  /** starts with its own name, as its caller passes it */
  readonly argv: readonly string[];
  /** false if more words may follow that only the running container knows */
  readonly isArgvKnown: boolean;
  /** `NAME=value` */
  readonly env: readonly string[];
  /** absolute */
  readonly directory: BytePath;
  /** the account that it runs as; null if unknown */
  readonly account: Account | null;
  /** whether the runtime executes it, with its own rights */
  readonly isStartedByEngine: boolean;
}

/** Returns the value of a variable; undefined if it is not set. */
export function variableOf({ env }: Pick<Call, "env">, name: string): string | undefined {
  return env.findLast((variable) => variable.startsWith(`${name}=`))?.slice(name.length + 1);
}
