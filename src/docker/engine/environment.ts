/**
 * The environment that docker and buildx run with: an allow-list, so that neither the workflow's tokens nor our own
 * inputs reach a build. Since 0.30 buildx puts the whole GitHub event into its metadata where it sees GITHUB_*.
 * @param extra names that pass as well, whatever they are: what `secret-envs` names, see `namesForBuild`
 */
export function dockerEnvironment(env: NodeJS.ProcessEnv, extra: readonly string[] = []): NodeJS.ProcessEnv {
  const names = new Set(extra);
  const passed = Object.entries(env).filter(
    ([name, value]) => value !== undefined && (names.has(name) || isPassed(name)),
  );
  // Messages are recognised by their English text.
  return { ...Object.fromEntries(passed), LANG: "C.UTF-8", LC_ALL: "C.UTF-8" };
}

const passedNames = new Set([
  "PATH",
  "HOME",
  "USER",
  "TMPDIR",
  "SSH_AUTH_SOCK",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "KUBECONFIG",
  "SOURCE_DATE_EPOCH",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "FTP_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
]);

const passedPrefixes = ["DOCKER_", "BUILDX_", "BUILDKIT_", "XDG_"];

function isPassed(name: string): boolean {
  const isProxy = /^[a-z]+_proxy$/.test(name) && passedNames.has(name.toUpperCase());
  return passedNames.has(name) || isProxy || passedPrefixes.some((prefix) => name.startsWith(prefix));
}
