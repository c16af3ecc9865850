import { expect, test } from "vitest";
import { compare, serves, versionOf } from "../../../../src/inspect/start/runtimes/dotnet-version.ts";
import { runtime, runtimeOf, type StartedWith } from "../../../helpers/started-runtime.ts";
import { directory, file, symlink, type TarMember } from "../../../helpers/tar.ts";

const core = "Microsoft.NETCore.App";
const web = "Microsoft.AspNetCore.App";
const root = "usr/share/dotnet";

/** An image with .NET of these versions. */
function dotnet(...frameworks: readonly string[]): readonly TarMember[] {
  return [
    runtime(`${root}/dotnet`),
    symlink("usr/bin/dotnet", `/${root}/dotnet`),
    file(`${root}/host/fxr/8.0.1/libhostfxr.so`),
    ...frameworks.map((framework) => directory(`${root}/shared/${framework}`)),
  ];
}

function app(options: object, name = "App"): readonly TarMember[] {
  return [
    file(`app/${name}.dll`, "MZ"),
    file(`app/${name}.runtimeconfig.json`, JSON.stringify({ runtimeOptions: options })),
  ];
}

const needs = (version: string, more: object = {}) => ({ framework: { name: core, version, ...more } });
const run = (members: readonly TarMember[], command = "dotnet App.dll", config: StartedWith = {}) =>
  runtimeOf(members, command.split(" "), config);

test.for<[string, object, string[], string, StartedWith?]>([
  ["an older major version", needs("8.0.0"), [`${core}/6.0.36`], `${core} 8.0.0: this image has 6.0.36`],
  ["a newer major version", needs("6.0.0"), [`${core}/8.0.1`], `${core} 6.0.0: this image has 8.0.1`],
  ["an older minor version", needs("3.1.0"), [`${core}/3.0.3`], `${core} 3.1.0: this image has 3.0.3`],
  ["an older patch", needs("8.0.5"), [`${core}/8.0.4`], `${core} 8.0.5: this image has 8.0.4`],
  ["a preview of it", needs("8.0.0"), [`${core}/8.0.0-rc.2.1`], `${core} 8.0.0: this image has 8.0.0-rc.2.1`],
  ["no version", needs("8.0.0"), [], `${core} 8.0.0: this image has no version of it`],
  [
    "several others, in order",
    needs("9.0.0"),
    [`${core}/10.0.0`, `${core}/8.0.1`, `${core}/8.0.11`],
    `${core} 9.0.0: this image has 8.0.1, 8.0.11, 10.0.0`,
  ],
  [
    "another framework only",
    {
      frameworks: [
        { name: core, version: "8.0.0" },
        { name: web, version: "8.0.0" },
      ],
    },
    [`${core}/8.0.1`],
    `${web} 8.0.0: this image has no version of it`,
  ],
  [
    "LatestPatch",
    needs("3.0.0", { rollForward: "LatestPatch" }),
    [`${core}/3.1.0`],
    `${core} 3.0.0: this image has 3.1.0`,
  ],
  [
    "Disable",
    needs("8.0.0", { rollForward: "disable" }),
    [`${core}/8.0.1`],
    `${core} 8.0.0: this image has 8.0.1`,
  ],
  [
    "the framework's own policy before that of all",
    { ...needs("6.0.0", { rollForward: "Minor" }), rollForward: "Major" },
    [`${core}/8.0.1`],
    `${core} 6.0.0: this image has 8.0.1`,
  ],
  [
    "the variable before the file",
    { ...needs("6.0.0"), rollForward: "Major" },
    [`${core}/8.0.1`],
    `${core} 6.0.0: this image has 8.0.1`,
    { env: ["DOTNET_ROLL_FORWARD=LatestMinor"] },
  ],
  [
    "an old policy, where no policy helps",
    { ...needs("8.0.0"), rollForwardOnNoCandidateFx: 2 },
    [`${core}/6.0.1`],
    `${core} 8.0.0: this image has 6.0.1`,
  ],
])("an app cannot start with %s", async ([, options, frameworks, problem, config]) => {
  const { problems } = await run([...dotnet(...frameworks), ...app(options)], undefined, config);
  expect(problems).toEqual([`/app/App.runtimeconfig.json needs ${problem}`]);
});

test.for<[string, object, string[], (string | undefined)?, StartedWith?]>([
  ["the version itself", needs("8.0.0"), [`${core}/8.0.0`]],
  ["a newer patch", needs("8.0.0"), [`${core}/8.0.11`]],
  ["a newer minor version", needs("3.0.0"), [`${core}/3.1.32`]],
  ["a release, where a preview is asked for", needs("8.0.0-rc.1"), [`${core}/8.0.1`]],
  ["a newer preview, where there is no release", needs("8.0.0"), [`${core}/8.0.1-preview.1`]],
  ["Major", needs("6.0.0", { rollForward: "Major" }), [`${core}/8.0.1`]],
  ["LatestMajor for all", { ...needs("6.0.0"), rollForward: "LatestMajor" }, [`${core}/8.0.1`]],
  [
    "a policy of the variable",
    needs("6.0.0"),
    [`${core}/8.0.1`],
    undefined,
    { env: ["DOTNET_ROLL_FORWARD=Major"] },
  ],
  ["a policy of the command", needs("6.0.0"), [`${core}/8.0.1`], "dotnet --roll-forward Major App.dll"],
  ["another version by the command", needs("6.0.0"), [`${core}/8.0.1`], "dotnet --fx-version 8.0.1 App.dll"],
  [
    "a configuration of the command",
    needs("6.0.0"),
    [`${core}/8.0.1`],
    "dotnet exec --runtimeconfig x.json App.dll",
  ],
  ["an unknown policy", needs("6.0.0", { rollForward: "Sideways" }), [`${core}/8.0.1`]],
  ["an old policy", { ...needs("6.0.0"), rollForwardOnNoCandidateFx: 2 }, [`${core}/8.0.1`]],
  [
    "an old variable",
    needs("6.0.0"),
    [`${core}/8.0.1`],
    undefined,
    { env: ["DOTNET_ROLL_FORWARD_ON_NO_CANDIDATE_FX=2"] },
  ],
  ["frameworks of its own", { includedFrameworks: [{ name: core, version: "9.0.0" }] }, []],
  ["no version named", { framework: { name: core } }, []],
  ["a strange version", needs("8.x"), []],
  ["a strange name", { framework: { name: "../x", version: "8.0.0" } }, []],
])("an app is left alone with %s", async ([, options, frameworks, command, config]) => {
  const { problems } = await run([...dotnet(...frameworks), ...app(options)], command, config);
  expect(problems).toEqual([]);
});

test("a version may be a link to a directory, and none that leads nowhere", async () => {
  const linked = symlink(`${root}/shared/${core}/8.0.1`, "/opt/net");
  const image = [...dotnet(), linked, ...app(needs("8.0.0"))];
  expect((await run([...image, directory("opt/net")])).problems).toEqual([]);
  expect((await run(image)).problems).toHaveLength(1);
});

test("what is not JSON for certain is not judged", async () => {
  const texts = [
    '{"runtimeOptions":{/* */"framework":{"name":"x","version":"1.0.0"}}}',
    "",
    "[]",
    `${"[".repeat(60_000)}`,
  ];
  for (const text of texts) {
    const members = [...dotnet(), file("app/App.dll", "MZ"), file("app/App.runtimeconfig.json", text)];
    expect((await run(members)).problems).toEqual([]);
  }
});

test("a configuration for development may add policies", async () => {
  const members = [
    ...dotnet(`${core}/8.0.1`),
    ...app(needs("6.0.0")),
    file("app/App.runtimeconfig.dev.json", "{}"),
  ];
  expect((await run(members)).problems).toEqual([]);
});

test("hosts before .NET Core 3.0 have other rules", async () => {
  const old = dotnet(`${core}/2.1.0`).map((member) =>
    String(member.path).includes("host/fxr") ? file(`${root}/host/fxr/2.1.0/libhostfxr.so`) : member,
  );
  expect((await run([...old, ...app(needs("2.0.0-preview1"))])).problems).toEqual([]);
});

test("an app that does not exist, or that the user cannot read, ends the host", async () => {
  const image = [...dotnet(`${core}/8.0.1`), file("app/Secret.dll", "MZ", { mode: 0o600 })];
  expect((await run(image)).problems).toEqual([`/${root}/dotnet needs App.dll: /app/App.dll does not exist`]);
  expect((await run(image, "dotnet exec App.exe")).problems).toHaveLength(1);
  expect((await run(image, "dotnet Secret.dll", { user: "5:5" })).problems).toHaveLength(1);
  for (const command of ["dotnet run", "dotnet App", "dotnet", "dotnet --info", "dotnet watch App.dll"])
    expect((await run(image, command)).problems).toEqual([]);
});

test("an app without a configuration needs its own copy of the host's library", async () => {
  const image = [...dotnet(`${core}/8.0.1`), file("app/App.dll", "MZ"), file("app/App.deps.json", "{}")];
  expect((await run(image)).problems).toEqual([
    "/app/App.dll needs App.runtimeconfig.json: /app/App.runtimeconfig.json does not exist, nor does libhostpolicy.so, which an app without that file has beside it",
  ]);
  expect((await run([...image, file("app/libhostpolicy.so", "x")])).problems).toEqual([]);
  expect((await run(image, "dotnet exec --depsfile x.json App.dll")).problems).toEqual([]);
});

test("the configuration is beside the file that a link leads to", async () => {
  const image = [...dotnet(`${core}/6.0.1`), ...app(needs("8.0.0")), symlink("srv/Link.dll", "/app/App.dll")];
  expect((await run(image, "dotnet /srv/Link.dll")).problems).toEqual([
    `/app/App.runtimeconfig.json needs ${core} 8.0.0: this image has 6.0.1`,
  ]);
});

test("a host without its resolver starts nothing", async () => {
  const image = [runtime("opt/net/dotnet"), ...app(needs("8.0.0"))];
  expect((await run(image, "/opt/net/dotnet App.dll")).problems).toEqual([
    "/opt/net/dotnet needs /opt/net/host/fxr: it does not exist",
  ]);
});

test("an app's own program is judged only by what exists nowhere", async () => {
  const own = [...app(needs("8.0.0")), runtime("app/App")];
  expect((await run([...own, directory(`opt/x/shared/${core}/6.0.1`)], "./App")).problems).toEqual([
    `/app/App.runtimeconfig.json needs ${core} 8.0.0: this image has 6.0.1`,
  ]);
  expect((await run([...own, directory(`opt/x/shared/${core}/8.0.1`)], "./App")).problems).toEqual([]);
  expect((await run([...app({ includedFrameworks: [] }), runtime("app/App")], "./App")).problems).toEqual([]);
  expect((await run([runtime("app/App")], "./App")).unproven).toEqual([]);
});

test("versions are in the order of SemVer", () => {
  const texts = [
    "1.0.0-2",
    "1.0.0-10",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-beta",
    "1.0.0",
    "1.0.1",
    "1.10.0",
    "2.0.0",
  ];
  const versions = texts.map((text) => versionOf(text)).filter((version) => version !== null);
  expect(
    versions
      .toReversed()
      .toSorted(compare)
      .map(({ text }) => text),
  ).toEqual(texts);
  for (const text of ["01.0.0", "1.0", "1.0.0.0", "v1.0.0", "1.0.0-", ""]) expect(versionOf(text)).toBeNull();
  const [preview, , , , , release] = versions;
  if (preview && release)
    expect([serves(preview, release, "major"), serves(release, preview, "patch")]).toEqual([false, true]);
});
