import type { FilesystemNode } from "../../image/filesystem/node.ts";
import { baseOf } from "../../image/path.ts";
import { multiCallShells } from "../programs/shell-markers.ts";

/** What a program executes of its arguments. All text is bytes. */
export type Wrapped =
  /** it is the last program: its arguments are not a command */
  | { readonly kind: "end" }
  | ({ readonly kind: "command" } & WrappedCommand)
  /** what it executes is unknown; why, as a sentence */
  | { readonly kind: "unknown"; readonly why: string };

/** What a wrapper executes. Properties that are not given do not change. */
export interface WrappedCommand {
  readonly argv: readonly string[];
  /** false if there may be more words that are unknown */
  readonly isArgvKnown?: boolean;
  readonly env?: readonly string[];
  /** the rules for finding it; by default those of a C library */
  readonly by?: "go" | "c";
  /** the user that it switches to first; null if unknown */
  readonly user?: string | null;
  /** reports whether the wrapper contains a command, which then needs no file */
  readonly isBuiltIn?: (name: string) => boolean;
}

/** Reports whether a file is, by its name, a multi-call program: it acts as the name that it is called by. */
export function isMultiCall(name: string): boolean {
  return /^(?:busybox|toybox)(?:$|[-._])/.test(name);
}

/** Reports whether a program contains commands, by its name or its bytes. It may have other names. */
export function hasApplets({ path, attributes }: FilesystemNode): boolean {
  const markers = attributes.content?.markers ?? [];
  return isMultiCall(baseOf(path)) || [...multiCallShells].some((name) => markers.includes(name));
}
