import { execFile } from "node:child_process";
import { access, chmod, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { dockerEnvironment } from "../../src/docker/engine/environment.ts";

const run = promisify(execFile);

export interface Workspace extends AsyncDisposable {
  readonly path: string;
}

/** Creates a directory with these files. A value `-> target` creates a symbolic link. */
export async function workspace(files: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "workspace-")));
  for (const [name, content] of Object.entries(files)) {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    if (content.startsWith("-> ")) await symlink(content.slice(3), file);
    else await writeFile(file, content);
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Creates a directory with this shell script as the program `docker`. `$REAL_DOCKER` is the real one. */
export async function dockerScript(
  env: NodeJS.ProcessEnv,
  script: string,
): Promise<Workspace & { env: NodeJS.ProcessEnv }> {
  const real = await findProgram("docker", env);
  const place = await workspace({ "bin/docker": `#!/bin/sh\nREAL_DOCKER='${real}'\n${script}\n` });
  await chmod(place.path, 0o755);
  await chmod(join(place.path, "bin/docker"), 0o755);
  return { ...place, env: { ...env, PATH: `${join(place.path, "bin")}${delimiter}${env.PATH}` } };
}

/** Builds a busybox image for `FROM`. It is new in every run, so that no step after it is a cache hit. */
export async function shellImage(env: NodeJS.ProcessEnv, name: string): Promise<string> {
  await using context = await workspace({
    Dockerfile:
      'FROM scratch\nCOPY busybox /bin/busybox\nCOPY once /once\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\n',
    once: name,
  });
  await cp(await findProgram("busybox", env), join(context.path, "busybox"));
  await docker(
    env,
    "buildx",
    "build",
    "--quiet",
    "--network=host",
    "--provenance=false",
    "--load",
    "--tag",
    name,
    context.path,
  );
  return name;
}

/** Runs docker and returns its standard output. */
export async function docker(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run("docker", args, {
    env: dockerEnvironment(env),
    maxBuffer: 2 ** 28,
    encoding: "latin1",
  });
  return stdout;
}

export async function findProgram(name: string, env: NodeJS.ProcessEnv): Promise<string> {
  for (const directory of (env.PATH ?? "").split(delimiter)) {
    const path = join(directory, name);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  throw new Error(`${name} is not on the PATH; install it to run these tests`);
}
