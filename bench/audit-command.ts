import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface AuditCommand extends AsyncDisposable {
  /** path of the command's JavaScript */
  readonly path: string;
}

/** Copies the bundle in dist/, so that a build during the run changes nothing between rounds. */
export async function copyAuditCommand(): Promise<AuditCommand> {
  const directory = await mkdtemp(join(tmpdir(), "image-audit-bench-"));
  await cp(join(import.meta.dirname, "../dist"), join(directory, "dist"), { recursive: true });
  await writeFile(join(directory, "package.json"), '{ "type": "module" }\n');
  return {
    path: join(directory, "dist/cli.js"),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
