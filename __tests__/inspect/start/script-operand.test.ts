import { expect, test } from "vitest";
import { startChainOf } from "../../../src/inspect/start/chain.ts";
import { filesystemOf, program, script } from "../../helpers/images.ts";
import { directory, file, symlink } from "../../helpers/tar.ts";

const filesystem = await filesystemOf([
  ...["python3.11", "node", "java", "dash", "bash", "perl", "ruby"].map((name) => program(`usr/bin/${name}`)),
  symlink("usr/bin/python3", "python3.11"),
  symlink("bin", "usr/bin"),
  symlink("usr/bin/sh", "dash"),
  program("nodejs/bin/node"),
  script("usr/bin/tool", "/bin/sh"),
  directory("app"),
  file("files/python3", "pass"),
  directory("files/python"),
  file("files/node.js", ""),
  file("files/java.class", ""),
  file("files/run", ""),
]);

test.for<[command: string, problem: string, directory?: string]>([
  ["python3 python3 app.py", "doubled-entrypoint python3"],
  ["/usr/bin/python3.11 python app.py", "doubled-entrypoint python"],
  ["python3 /usr/bin/python3 app.py", "doubled-entrypoint /usr/bin/python3"],
  ["python3 -u -X dev python3 app.py", "doubled-entrypoint python3"],
  ["/nodejs/bin/node /nodejs/bin/node app.js", "doubled-entrypoint /nodejs/bin/node"],
  ["node node app.js", "doubled-entrypoint node"],
  ["java java -jar app.jar", "doubled-entrypoint java"],
  ["java -Xmx1g -jar java -jar app.jar", "doubled-entrypoint java"],
  ["perl perl x", "doubled-entrypoint perl"],
  ["ruby ruby x", "doubled-entrypoint ruby"],
  ["sh sh x", "doubled-entrypoint sh"],
  ["python3 /bin/sh -c x", "shell-form /bin/sh"],
  ["java -jar /bin/sh -c x", "shell-form /bin/sh"],
  ["bash /bin/sh -c x", "doubled-entrypoint /bin/sh"],
  ["sh /app/run", "runtime /app/run"],
  ["sh -e run", "runtime run"],

  ["python3 app.py", ""],
  ["python3 -m python3", ""],
  ["python3 -c python3", ""],
  ["python3 -u", ""],
  ["python3 --unknown python3", ""],
  ["python3 python3", "", "/files"],
  ["python3 python", "", "/files"],
  ["node node", "", "/files"],
  ["node --require x node", ""],
  ["java java", "", "/files"],
  ["java Main", ""],
  ["java -cp x java", ""],
  ["java", ""],
  ["java -jar app.jar", ""],
  ["sh run", "", "/files"],
  ["sh tool", ""],
  ["sh -", ""],
  ["sh +x run", ""],
])("%s: %s", ([command, expected, workingDir = "/app"]) => {
  const config = { entrypoint: command.split(" "), cmd: null, env: [], workingDir, user: null };
  const { problems, unknown } = startChainOf(config, filesystem);
  expect(problems.map((problem) => `${problem.class} ${problem.needs}`).join()).toBe(expected);
  expect(unknown).toEqual([]);
});

test("Java's environment may name its main class", () => {
  const config = { entrypoint: ["java"], cmd: ["java"], workingDir: null, user: null };
  const problemsOf = (env: readonly string[]) => startChainOf({ ...config, env }, filesystem).problems.length;
  expect([problemsOf(["CLASSPATH=/x"]), problemsOf(["JDK_JAVA_OPTIONS=Main"]), problemsOf([])]).toEqual([
    0, 0, 1,
  ]);
});
