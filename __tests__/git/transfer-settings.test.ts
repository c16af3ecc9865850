import { expect, test } from "vitest";
import { settingForTransfer } from "../../src/git/transfer-settings.ts";

const header = "AUTHORIZATION: basic eC1hY2Nlc3MtdG9rZW46Z2hzXzE=";

test.each([
  ["http.https://github.com/.extraheader", header],
  ["http.https://ghe.example:8443/.extraheader", header],
  ["url.https://github.com/.insteadof", "git@github.com:"],
  ["url.https://github.com/.insteadof", "org-123@github.com:"],
  ["core.autocrlf", "input"],
  ["core.symlinks", "false"],
])("a transfer uses %s = %s, which actions/checkout leaves", (key, value) => {
  expect(settingForTransfer(key, value)).toEqual([[key, value]]);
});

test("a transfer uses the SSH key that actions/checkout left, but not its program", () => {
  const options = '-i "$RUNNER_TEMP/0f9c-key" -o StrictHostKeyChecking=yes -o CheckHostIP=no';
  const hosts = '-o "UserKnownHostsFile=$RUNNER_TEMP/0f9c-key_known_hosts"';
  const [setting] = settingForTransfer("core.sshcommand", `"/tmp/evil" ${options} ${hosts}`);
  expect(setting).toEqual(["core.sshcommand", `ssh ${options} ${hosts}`]);
});

test.each([
  ["core.sshcommand", "touch /tmp/canary"],
  ["core.sshcommand", 'ssh -i "$RUNNER_TEMP/k" -o "UserKnownHostsFile=$RUNNER_TEMP/h"; touch /tmp/canary'],
  ["core.sshcommand", '"/usr/bin/ssh" -i "$RUNNER_TEMP/$(id)" -o "UserKnownHostsFile=$RUNNER_TEMP/h"'],
  [
    "core.sshcommand",
    '"/usr/bin/ssh" -i "$RUNNER_TEMP/k" -o ProxyCommand=id -o "UserKnownHostsFile=$RUNNER_TEMP/h"',
  ],
  ["core.gitproxy", "touch"],
  ["core.askpass", "touch"],
  ["core.fsmonitor", "touch"],
  ["core.hookspath", "."],
  ["core.autocrlf", "!touch"],
  ["credential.helper", "!touch"],
  ["credential.https://github.com.helper", "!touch"],
  ["http.proxy", "http://evil.example"],
  ["http.https://github.com/.proxy", "http://evil.example"],
  ["http.sslverify", "false"],
  ["http.cookiefile", "/etc/passwd"],
  ["http.https://github.com/.extraheader", "X: 1\nHost: evil.example"],
  ["http.https://github.com/path/.extraheader", header],
  ["url.https://evil.example/.insteadof", "https://github.com/"],
  ["url.https://evil.example/.insteadof", "git@github.com:"],
  ["url.ext::sh -c id.insteadof", "https://github.com/"],
  ["url.https://github.com/.pushinsteadof", "git@github.com:"],
  ["ssh.variant", "simple"],
  ["filter.lfs.process", "touch"],
  ["remote.origin.uploadpack", "touch"],
])("a transfer does not use %s = %s, which names a program, a helper or an address", (key, value) => {
  expect(settingForTransfer(key, value)).toEqual([]);
});
