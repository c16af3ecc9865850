import { resolve } from "../../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { ElfFacts } from "../../image/layer/content.ts";
import { shownPath, textOf } from "../bytes.ts";
import { isExecutableMode } from "../programs/executable.ts";
import { accessUnknown } from "./account.ts";
import { isSameMachine, machineName } from "./architecture.ts";
import { variableOf } from "./call.ts";
import { loadWithGlibc } from "./glibc.ts";
import { loaderKind } from "./loader-kind.ts";
import type { Loading, LoadRequest } from "./loading.ts";
import { LoadingRecord } from "./loading-record.ts";
import { loadWithMusl } from "./musl.ts";
import type { OpenedLoader } from "./opened-loader.ts";
import { Reach } from "./reach.ts";

/**
 * Finds an ELF program's dynamic loader, and all libraries that it loads before the program begins, as the
 * kernel and that loader do. Nothing is run, and only what the bytes prove is a problem.
 * @throws Failure limit-exceeded, as `resolve` does
 */
export function resolveLibraries(request: LoadRequest): Loading {
  const record = new LoadingRecord();
  const { program, filesystem, directory, user } = request;
  const elf = program.attributes.content?.elf;
  if (elf === undefined) {
    record.unknown(`${shownPath(program.path)} was not read as an ELF program.`);
    return record.finish();
  }
  if (elf.unread !== undefined) {
    record.unknown(`${shownPath(program.path)} could not be read: ${elf.unread}.`);
    return record.finish();
  }
  const { interpreter: requested } = elf;
  if (requested === undefined) {
    if (elf.dynamic?.needed !== undefined) {
      record.unknown(`${shownPath(program.path)} needs libraries, but names no loader to load them.`);
    }
    return record.finish();
  }
  const reach = new Reach(filesystem, directory, user);
  const node = resolve(filesystem, reach.absolute(requested));
  record.link("loader", requested, program, node);
  const loader = loaderOf(node, elf, request, record);
  if (loader === null) return record.finish();
  const variable = (name: string) => variableOf(request, name) || null;
  const start = { request, elf, requested, loader, reach, record, variable };
  const kind = loaderKind(loader.node, loader.elf, requested);
  if (kind === "glibc") loadWithGlibc(start);
  else if (kind === "musl") loadWithMusl(start);
  else
    record.unknown(
      `${shownPath(loader.node.path)} is an unknown dynamic loader, so what it loads is not known.`,
    );
  if (reach.listed !== null) record.unknown(accessUnknown(shownPath(reach.listed.path)));
  return record.finish();
}

/**
 * Returns the loader if the kernel accepts it: a regular file with an execute bit, for the same processor
 * (fs/binfmt_elf.c).
 * @returns null if the kernel does not accept it, or if that is unknown
 */
function loaderOf(
  node: FilesystemNode | null,
  program: ElfFacts,
  { program: file, filesystem, isStartedByEngine, user }: LoadRequest,
  record: LoadingRecord,
): OpenedLoader["loader"] | null {
  const requested = program.interpreter ?? "";
  const missing = (found: string) => record.problem("interpreter-missing", file, requested, found);
  if (node === null) {
    missing("this image does not have it");
    return null;
  }
  const { type, mode, content } = node.attributes;
  if (type !== "file") {
    missing(`${shownPath(node.path)} is not a file`);
    return null;
  }
  if (!isExecutableMode(mode)) {
    missing(`${shownPath(node.path)} has no execute bit`);
    return null;
  }
  if (!isStartedByEngine && new Reach(filesystem, "", user).mayExecute(node) === false) {
    missing(`the image's user cannot execute ${shownPath(node.path)}`);
    return null;
  }
  if (content !== undefined && content.format !== "elf") {
    missing(`${shownPath(node.path)} is not an ELF file`);
    return null;
  }
  const elf = content?.elf;
  if (elf !== undefined && !isSameMachine(elf, program)) {
    record.problem(
      "wrong-architecture",
      file,
      requested,
      `${shownPath(node.path)} is for ${machineName(elf)}`,
    );
    return null;
  }
  if (elf === undefined || elf.unread !== undefined) {
    record.unknown(`${textOf(requested)} could not be read, so what it loads is not known.`);
    return null;
  }
  return { node, elf };
}
