/**
 * The environment that git runs with: an allow-list, so that neither the workflow's tokens nor GIT_* variables that
 * point at another repository reach it. Credentials come from the repository's configuration, see remote.ts.
 */
export function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const passed = Object.entries(env).filter(([name, value]) => value !== undefined && isPassed(name));
  return {
    ...Object.fromEntries(passed),
    // Messages are recognised by their English text.
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    // Reading must not write: no refreshed index, no blobs fetched into the user's partial clone (git 2.44).
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    // A replacement ref would make a commit mean other content than its name says.
    GIT_NO_REPLACE_OBJECTS: "1",
  };
}

const passedNames = new Set([
  "PATH",
  "HOME",
  "USER",
  "TMPDIR",
  // Of a key that actions/checkout leaves, see transfer-settings.ts.
  "RUNNER_TEMP",
  "XDG_CONFIG_HOME",
  "SSH_AUTH_SOCK",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "GIT_SSH",
  "GIT_SSH_COMMAND",
  "GIT_SSL_CAINFO",
  "GIT_CONFIG_GLOBAL",
  "GIT_CONFIG_SYSTEM",
  "GIT_CONFIG_NOSYSTEM",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
]);

function isPassed(name: string): boolean {
  return passedNames.has(name) || (/^[a-z]+_proxy$/.test(name) && passedNames.has(name.toUpperCase()));
}
