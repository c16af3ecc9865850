/** A git setting. Its key is as `git config --list` writes it: in lower case except for the middle part. */
export type Setting = readonly [key: string, value: string];

/**
 * Returns the setting for use in a transfer if it is allowed: how files are written, and what
 * actions/checkout stores to reach its server. Every other setting is dropped, since it may name a program, a
 * helper, a proxy or another address.
 * @returns one setting or none
 */
export function settingForTransfer(key: string, value: string): readonly Setting[] {
  if (/^core\.(?:autocrlf|eol|symlinks|longpaths)$/.test(key))
    return plainWord.test(value) ? [[key, value]] : [];
  if (/^http\.https?:\/\/[^/]+\/\.extraheader$/.test(key)) return header.test(value) ? [[key, value]] : [];
  if (key === "core.sshcommand") return sshCommandOf(value);
  const server = /^url\.https?:\/\/([^/:]+)(?::\d+)?\/\.insteadof$/.exec(key)?.[1];
  // Submodules with SSH URLs are read with the token instead.
  return server !== undefined && /^(?:git|org-\d+)@([^/:@]+):$/.exec(value)?.[1] === server
    ? [[key, value]]
    : [];
}

const plainWord = /^[a-z]+$/i;
const header = /^authorization: (?:basic|bearer) [\w.~+/=-]+$/i;

/** Rebuilds the command of the input ssh-key. Keeps the key and its options, but not the program. */
function sshCommandOf(value: string): readonly Setting[] {
  const match =
    /^"[^"]+" -i "\$RUNNER_TEMP\/([\w-]+)"( -o StrictHostKeyChecking=yes -o CheckHostIP=no)? -o "UserKnownHostsFile=\$RUNNER_TEMP\/([\w-]+)"$/.exec(
      value,
    );
  if (match === null) return [];
  const [, key = "", strict = "", hosts = ""] = match;
  const command = `ssh -i "$RUNNER_TEMP/${key}"${strict} -o "UserKnownHostsFile=$RUNNER_TEMP/${hosts}"`;
  return [["core.sshcommand", command]];
}
