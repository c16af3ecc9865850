/**
 * Returns the environment for docker and buildx. It is an allow-list: neither the workflow's tokens nor our
 * inputs reach a build. Since 0.30, buildx adds the whole GitHub event to its metadata if it sees GITHUB_*.
 * @param extra further names to pass, such as those in `secret-envs`; see `namesForBuild`
 */
export function dockerEnvironment(env: NodeJS.ProcessEnv, extra: readonly string[] = []): NodeJS.ProcessEnv {
  const names = new Set(extra);
  const passed = Object.entries(env).filter(
    ([name, value]) => value !== undefined && (names.has(name) || isPassed(name)),
  );
  // Failures are recognized by the English text of messages.
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
