/** A setting of git's, its key as `git config --list` writes it: in lower case but for a part in the middle. */
export type Setting = readonly [key: string, value: string];

/**
 * What of a repository's own configuration goes with a transfer: how files are written, and what actions/checkout leaves
 * there to reach its server. Every other setting may name a program, a helper, a proxy or another address, and is left.
 * @returns none or one
 */
export function settingForTransfer(key: string, value: string): readonly Setting[] {
  if (/^core\.(?:autocrlf|eol|symlinks|longpaths)$/.test(key))
    return plainWord.test(value) ? [[key, value]] : [];
  if (/^http\.https?:\/\/[^/]+\/\.extraheader$/.test(key)) return header.test(value) ? [[key, value]] : [];
  if (key === "core.sshcommand") return sshCommandOf(value);
  const server = /^url\.https?:\/\/([^/:]+)(?::\d+)?\/\.insteadof$/.exec(key)?.[1];
  // Submodules that are named by SSH are read with the token instead.
  return server !== undefined && /^(?:git|org-\d+)@([^/:@]+):$/.exec(value)?.[1] === server
    ? [[key, value]]
    : [];
}

const plainWord = /^[a-z]+$/i;
const header = /^authorization: (?:basic|bearer) [\w.~+/=-]+$/i;

/** The command of the input ssh-key, written anew: what it says of the key counts, the program that it names does not. */
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
