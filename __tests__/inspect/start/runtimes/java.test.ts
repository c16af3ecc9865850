import { expect, test } from "vitest";
import { runtime, runtimeOf, type StartedWith } from "../../../helpers/started-runtime.ts";
import { file, symlink } from "../../../helpers/tar.ts";

const java = "opt/java/openjdk/bin/java";
const image = [
  runtime(java),
  symlink("usr/bin/java", `/${java}`),
  file("opt/java/openjdk/release", 'IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="17.0.15"\n'),
  file("app/app.jar", "PK"),
  file("app/secret.jar", "PK", { mode: 0o600 }),
];

test.for<[command: string, problem: string, config?: StartedWith]>([
  ["java -jar none.jar", "none.jar: /app/none.jar does not exist"],
  ["java -Xmx512m -XX:+UseG1GC -Dx=y -ea -jar none.jar", "none.jar: /app/none.jar does not exist"],
  ["java -cp x -jar none.jar", "none.jar: /app/none.jar does not exist"],
  ["java -jar -Xmx512m none.jar app.jar", "none.jar: /app/none.jar does not exist"],
  [
    "java --add-opens java.base/java.lang=ALL-UNNAMED -jar none.jar",
    "none.jar: /app/none.jar does not exist",
  ],
  [
    "java --add-opens=java.base/java.lang=ALL-UNNAMED -jar none.jar",
    "none.jar: /app/none.jar does not exist",
  ],
  ["java -jar *.jar", "*.jar: /app/*.jar does not exist"],
  ["java -jar app.jar", "app.jar: /srv/app.jar does not exist", { workingDir: "/srv" }],
  [
    "java -jar none.jar",
    "none.jar: /app/none.jar does not exist",
    { env: ["JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=75.0 -Xss1m"] },
  ],
  [
    "java -jar secret.jar",
    "secret.jar: the mode 0600 of /app/secret.jar, or that of a directory above it, does not let user 1000 read it",
    { user: "1000:1000" },
  ],
])("`%s` cannot start: %s", async ([command, problem, config]) => {
  const { problems } = await runtimeOf(image, command.split(" "), config);
  expect(problems).toEqual([`/${java} needs ${problem}`]);
});

test.for<[command: string, config?: StartedWith]>([
  ["java -jar app.jar"],
  ["java"],
  ["java -version"],
  ["java -cp /none/* com.example.Main"],
  ["java com.example.Main -jar none.jar"],
  ["java -m app/com.example.Main"],
  ["java @options -jar none.jar"],
  ["java -javaagent:agent.jar -jar none.jar"],
  ["java -XX:Flags=file -jar none.jar"],
  ["java -XX:VMOptionsFile=file -jar none.jar"],
  ["java --unknown -jar none.jar"],
  ["java -jar none.jar", { env: ["JAVA_TOOL_OPTIONS=-javaagent:/agent.jar"] }],
  ["java -jar none.jar", { env: ["JDK_JAVA_OPTIONS=@options"] }],
  ["java -jar none.jar", { env: ["_JAVA_OPTIONS=-XX:Flags=x"] }],
])("`%s` is left alone", async ([command, config]) => {
  const { problems, hints } = await runtimeOf(image, command.split(" "), config);
  expect([problems, hints]).toEqual([[], []]);
});

test("the version of the runtime is told, and that the classes are not read", async () => {
  const { unproven } = await runtimeOf(image, ["java", "-jar", "app.jar"]);
  expect(unproven).toEqual([
    "Whether /app/app.jar needs a newer Java than version 17.0.15, which this runtime is, is not known.",
  ]);
});
