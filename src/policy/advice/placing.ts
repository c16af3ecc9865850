import { userOf } from "../../compare/runtime.ts";
import type { Inspection } from "../../inspect/inspection.ts";
import { readableReference } from "../../oci/reference.ts";
import { listed, type Sentence, say } from "../sentence.ts";
import { accounts, type BaseImage } from "./base-images.ts";
import { installs, ownCommands, sizeOf } from "./own-layers.ts";

/**
 * Where another base image goes: into a stage to add, since the only one also builds; into the last of several;
 * or into the only one, which runs no command.
 */
export type Placement = "add" | "last" | "only";

export function placementOf(head: Inspection): Placement {
  if (head.stages !== null && head.stages.reachable > 1) return "last";
  return head.stages !== null && ownCommands(head).length === 0 ? "only" : "add";
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

/** Says where to start from one of several base images. */
export function startingFrom(references: readonly string[], head: Inspection): Sentence {
  const placement = placementOf(head);
  const code = (reference: string) => say`${placement === "add" ? `FROM ${reference}` : reference}`;
  const [first = "", ...others] = references;
  const from = [...code(first), ...others.flatMap((reference) => [" or ", ...code(reference)])];
  if (placement === "add") return say`Add a second stage ${from}`;
  const instead =
    head.baseImage === null ? [] : say` instead of ${readableReference(head.baseImage.resolved)}`;
  return placement === "last"
    ? say`Start the last stage from ${from}${instead}`
    : say`Start from ${from}${instead}`;
}

/** Says how much the old base image is of the image, or how little is not it. Empty if that tells nothing. */
export function savings(head: Inspection): Sentence {
  if (placementOf(head) === "add") return shareOfOwn(head);
  const size = sizeOf(head, (layer) => layer.origin === "base-image");
  if (head.baseImage === null || size === 0 || size * 100 < head.size) return [];
  return say` ${readableReference(head.baseImage.resolved)} alone is ${{ bytes: size }} of ${{ bytes: head.size }}.`;
}

/** Says how much of the image is its own. Empty if that is over half. */
function shareOfOwn(head: Inspection): Sentence {
  const own = head.size - sizeOf(head, (layer) => layer.origin === "base-image" || installs(layer));
  if (own === 0 || own * 2 > head.size) return [];
  return head.layers.some((layer) => layer.origin !== "base-image" && installs(layer))
    ? say` Only ${{ bytes: own }} of this image is neither base image nor packages.`
    : say` Only ${{ bytes: own }} of this image is not from its base image.`;
}

/**
 * Says which instructions the stage needs.
 * @param start the instruction that starts the program; null if those of the image do as they are
 * @param environment a variable, as ENV has it
 */
export function instructions(
  head: Inspection,
  start: string | null,
  environment: string | null = null,
): Sentence {
  const isNew = placementOf(head) === "add";
  const { workingDirectory } = head;
  const directory = isNew && workingDirectory !== null && !/^\/?$/.test(workingDirectory);
  const hasUnknownAccount = namedAccounts(head).some((name) => !accounts.has(name));
  const written = [
    ...(directory ? [`WORKDIR ${workingDirectory}`] : []),
    ...(environment === null ? [] : [`ENV ${environment}`]),
    ...(hasUnknownAccount ? ["USER 65532"] : []),
    ...(start === null ? [] : [start]),
  ];
  const write = listed(written.map((line) => say`${line}`));
  if (!isNew) return written.length === 0 ? [] : say` Write ${write}.`;
  const isUserKept = userOf(head) !== "root" && !hasUnknownAccount;
  const lines = [
    ...(start === null && head.entrypoint?.length ? ["ENTRYPOINT"] : []),
    ...(start === null && head.command?.length ? ["CMD"] : []),
    ...(isUserKept ? ["USER"] : []),
  ];
  const repeat = listed([
    ...lines.map((line) => say`the ${line} line`),
    say`any ${[environment === null ? "" : "other "]}${"ENV"} lines`,
  ]);
  return written.length === 0
    ? say` Repeat ${repeat} there.`
    : say` There, write ${write}, and repeat ${repeat}.`;
}

/** Says that no command runs in the stage. Empty if none does now. */
export function movingCommands(head: Inspection): Sentence {
  return placementOf(head) === "last" && ownCommands(head).length > 0
    ? say` Move its ${"RUN"} lines to an earlier stage, and copy what they make.`
    : [];
}

/** Returns the accounts and groups that USER names. */
export function namedAccounts({ user }: Inspection): readonly string[] {
  return (user ?? "").split(":").filter((name) => !/^\d*$/.test(name));
}
