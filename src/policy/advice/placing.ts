import { userOf, workingDirectoryOf } from "../../compare/runtime.ts";
import type { Inspection } from "../../inspect/inspection.ts";
import { accounts, type BaseImage } from "./base-images.ts";
import { instructionOf, ownCommands, ownLayers } from "./own-layers.ts";
import type { NewStage, Placement } from "./stage.ts";

export function placementOf(head: Inspection): Placement {
  const { stages } = head;
  // With another base image, a stage would lose what it inherits.
  if (stages === null || stages.inherits) return "add";
  if (stages.reachable > 1) return "last";
  return ownCommands(head).length === 0 ? "only" : "add";
}

/** Reports whether shells and package managers can have come with the base image, so that another helps. */
export function isReplaceable({ baseImage }: Inspection): boolean {
  const name = baseImage?.resolved ?? "";
  return name !== "scratch" && (!name.startsWith("gcr.io/distroless/") || /[:-]debug\b/.test(name));
}

/** Returns the reference for an image with this user: distroless images start as root unless tagged nonroot. */
export function referenceFor({ name }: BaseImage, head: Inspection): string {
  return userOf(head) === "root" ? name : `${name}:nonroot`;
}

/**
 * Returns what a stage of this base image needs to start the same.
 * @param start the instruction that starts the program; null if those of the image do as they are
 */
export function placed(
  head: Inspection,
  from: NewStage["from"],
  start: string | null,
): Pick<NewStage, "placement" | "from" | "writes" | "repeats" | "removes" | "renamed" | "movesCommands"> {
  const placement = placementOf(head);
  const isNew = placement === "add";
  const hasUnknownAccount = namedAccounts(head).some((name) => !accounts.has(name));
  const directory = directoryToWrite(head, from);
  const writes = [
    ...(directory === null ? [] : [`WORKDIR ${directory}`]),
    ...(hasUnknownAccount ? ["USER 65532"] : []),
    ...(start === null ? [] : [start]),
  ];
  const isCopied = { ENTRYPOINT: head.entrypoint, CMD: head.command };
  const lines = (["ENTRYPOINT", "CMD"] as const).filter((name) => (isCopied[name]?.length ?? 0) > 0);
  const isUserKept = userOf(head) !== "root" && !hasUnknownAccount;
  return {
    placement,
    from,
    writes,
    repeats: isNew
      ? [...(start === null ? lines : []), ...(isUserKept ? (["USER"] as const) : []), "ENV"]
      : [],
    // A later ENTRYPOINT or CMD replaces an earlier one, but each keeps the other.
    removes: isNew || start === null ? [] : lines.filter((name) => !start.startsWith(name)),
    renamed: isNew ? (hasUnknownAccount ? namedAccounts(head) : []) : unknownOwners(head),
    movesCommands: placement === "last" && ownCommands(head).length > 0,
  };
}

/** Returns the WORKDIR that the stage would lack otherwise; null if it has it. */
function directoryToWrite(head: Inspection, from: NewStage["from"]): string | null {
  const directory = workingDirectoryOf(head);
  const given = from.map((reference) => (reference.endsWith(":nonroot") ? "/home/nonroot" : "/"));
  if (given.every((other) => other === directory)) return null;
  if (placementOf(head) === "add") return head.workingDirectory || "/";
  const [own] = ownLayers(head).filter((layer) => instructionOf(layer).keyword === "WORKDIR");
  return own !== undefined && !/^WORKDIR [^/$"]/.test(instructionOf(own).text) ? null : directory;
}

/** Returns the accounts and groups that USER names. */
export function namedAccounts({ user }: Inspection): readonly string[] {
  return (user ?? "").split(":").filter((name) => !/^\d*$/.test(name));
}

/** Returns the accounts and groups that COPY and ADD name and that distroless images lack. */
function unknownOwners(head: Inspection): readonly string[] {
  const owners = ownLayers(head).flatMap((layer) => {
    const [, owner = ""] =
      /^(?:COPY|ADD) (?:--\S+ )*--chown=([\w.:-]+)/.exec(instructionOf(layer).text) ?? [];
    return owner.split(":");
  });
  return [...new Set(owners)].filter((name) => !/^\d*$/.test(name) && !accounts.has(name));
}
