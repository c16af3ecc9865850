/**
 * Returns the environment for git. It is an allow-list: git must not see the workflow's tokens, or GIT_*
 * variables that point to another repository. Credentials come from the repository's configuration, see
 * remote.ts.
 */
export function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const passed = Object.entries(env).filter(([name, value]) => value !== undefined && isPassed(name));
  return {
    ...Object.fromEntries(passed),
    // We recognise messages by their English text.
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    // Reading must not write: no index is refreshed, no blobs are fetched into a partial clone (git 2.44).
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    // A replacement ref would give a commit different content from what its name says.
    GIT_NO_REPLACE_OBJECTS: "1",
  };
}

const passedNames = new Set([
  "PATH",
  "HOME",
  "USER",
  "TMPDIR",
  // Holds the SSH key that actions/checkout stores, see transfer-settings.ts.
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
