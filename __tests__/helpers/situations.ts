import type { Start, StartLink } from "../../src/inspect/start/start.ts";
import type { Audit } from "../../src/policy/audit-record.ts";
import {
  audit,
  auditedImage,
  baseLayers,
  built,
  debianPackage,
  digestOf,
  filesystem,
  type ImageParts,
  inspection,
  layer,
  packageManager,
  shell,
  startOf,
  wasting,
} from "./inspection.ts";

/** Situations that users meet, by the name of the file with their report. */
export const situations: ReadonlyMap<string, () => Audit> = new Map([
  ["passes-quietly", passesQuietly],
  ["passes-and-slims", passesAndSlims],
  ["over-budget-not-distroless", overBudget],
  ["no-base-new-dockerfile", newDockerfile],
  ["base-does-not-build", baseDoesNotBuild],
  ["base-image-moved", baseImageMoved],
  ["drift", drift],
  ["several-images", severalImages],
  ["inconclusive-pull-size", inconclusivePullSize],
  ["wastes-bytes", wastesBytes],
  ["hostile-names", hostileNames],
  ["warn-only", warnOnly],
  ["likely-shell", likelyShell],
  ["ended-early", endedEarly],
  ["shrinks", shrinks],
  ["git-in-the-image", gitInTheImage],
  ["starts-otherwise", startsOtherwise],
  ["build-failed", buildFailed],
  ["cannot-start", cannotStart],
  ["cannot-start-either", cannotStartEither],
  ["installs-packages", installsPackages],
  ["policy-changes", policyChanges],
]);

function opened(kind: StartLink["kind"], path: string, needs = path): StartLink {
  return { kind, path, neededBy: null, needs, isFound: true };
}

const glibc = [
  opened("loader", "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2"),
  opened("library", "/usr/lib/x86_64-linux-gnu/libc.so.6", "libc.so.6"),
];

const slim = inspection({
  layers: [
    layer("COPY /calculator /calculator # buildkit", 1_831_204, { line: 9, compressedSize: 1_090_000 }),
  ],
  pullSize: { bytes: 1_091_412, exact: true, low: 1_091_412, high: 1_091_412 },
});
const slimFiles = filesystem({ calculator: [1_831_204, 0] });

const install = "RUN /bin/sh -c apt-get update && apt-get install -y golang # buildkit";

const ubuntuShells = [
  shell("/usr/bin/dash"),
  shell("/usr/bin/bash"),
  shell("/usr/bin/sh", { reason: "link", kind: "dash" }),
  shell("/usr/bin/rbash", { reason: "link", kind: "bash" }),
];
const ubuntuManagers = ["apt-get", "apt", "apt-cache", "dpkg", "dpkg-deb"].map((name) =>
  packageManager(`/usr/bin/${name}`),
);

const fat = inspection({
  layers: [
    ...baseLayers("ubuntu", 77_800_000).map((one) => ({ ...one, compressedSize: 29_700_000 })),
    layer(install, 1_182_400_000, { line: 3, compressedSize: 517_000_000 }),
    layer("WORKDIR /app", 0, { line: 4, compressedSize: 32 }),
    layer("COPY . . # buildkit", 18_204, { line: 5, compressedSize: 6_100 }),
    layer("RUN /bin/sh -c go build -o calculator . # buildkit", 5_310_000, {
      line: 6,
      compressedSize: 2_900_000,
    }),
  ],
  pullSize: { bytes: 549_612_000, exact: true, low: 549_612_000, high: 549_612_000 },
  unpackedSize: 1_214_000_000,
  baseImage: {
    written: "ubuntu:latest",
    resolved: "docker.io/library/ubuntu:latest",
    digest: digestOf("ubuntu"),
  },
  stages: { declared: 1, reachable: 1, inherits: false },
  shells: ubuntuShells,
  packageManagers: ubuntuManagers,
  family: "Ubuntu 24.04.3 LTS",
  user: null,
  entrypoint: ["/app/calculator"],
  start: startOf("yes", { command: ["/app/calculator"], chain: [opened("program", "/app/calculator")] }),
});
const fatFiles = filesystem({
  "usr/bin/bash": [1_446_024, 0],
  "usr/lib/x86_64-linux-gnu/libc.so.6": [2_125_328, 0],
  "usr/lib/go-1.22/pkg/tool/linux_amd64/compile": [23_100_000, 1],
  "usr/lib/go-1.22/pkg/tool/linux_amd64/link": [9_800_000, 1],
  "usr/lib/go-1.22/bin/go": [13_400_000, 1],
  "usr/lib/go-1.22/pkg/linux_amd64/std.a": [384_000_000, 1],
  "usr/lib/gcc/x86_64-linux-gnu/13/cc1": [33_000_000, 1],
  "usr/lib/gcc/x86_64-linux-gnu/13/cc1plus": [35_100_000, 1],
  "usr/lib/gcc/x86_64-linux-gnu/13/libasan.a": [171_000_000, 1],
  "usr/share/doc/golang/changelog": [240_000_000, 1],
  "var/lib/apt/lists/archive.ubuntu.com_noble": [210_000_000, 1],
  "app/calculator": [5_310_000, 4],
  "app/main.go": [18_204, 3],
});

const overBudgetParts: ImageParts = {
  head: fat,
  base: slim,
  headFiles: fatFiles,
  baseFiles: slimFiles,
  policy: { "max-size": "100MB", "max-increase": "5% and 10MB", distroless: "fail" },
};

function passesQuietly(): Audit {
  const head = inspection({
    layers: [layer("COPY /calculator /calculator # buildkit", 1_835_504, { line: 9 })],
  });
  return audit([auditedImage({ head, base: slim, policy: { "max-size": "100MB" } })]);
}

function passesAndSlims(): Audit {
  return audit([
    auditedImage({
      head: slim,
      base: fat,
      headFiles: slimFiles,
      baseFiles: fatFiles,
      policy: { "max-size": "100MB" },
    }),
  ]);
}

function overBudget(): Audit {
  return audit([auditedImage(overBudgetParts)], {
    notes: [
      "3 files in the build context are neither tracked nor ignored (dist/app.js and 2 more): the base was built without them.",
    ],
  });
}

function newDockerfile(): Audit {
  return audit([
    auditedImage({
      head: fat,
      headFiles: fatFiles,
      baseMissing: { reason: "new", message: "services/api/Dockerfile is new: main has no such Dockerfile." },
      policy: { "max-increase": "10MB", "max-size": "2GB" },
    }),
  ]);
}

function baseDoesNotBuild(): Audit {
  return audit([
    auditedImage({
      head: fat,
      headFiles: fatFiles,
      baseMissing: {
        reason: "build-failed",
        message: `The build of the base's image failed at line 7 of the Dockerfile, [build 3/4] RUN make @all: exit code: 2. Its last lines:
  cc -O2 -o calculator main.c
  main.c:12:5: error: see https://example.com/#12
  make: *** [Makefile:4: all] Error 1`,
      },
      policy: { "max-increase": "10MB", "max-size": "2GB" },
    }),
  ]);
}

const debian = { written: "debian:stable-slim", resolved: "docker.io/library/debian:stable-slim" };

function service(baseSize: number, upgraded: number, app: number) {
  return inspection({
    layers: [
      ...baseLayers(`debian ${baseSize}`, baseSize),
      layer("RUN /bin/sh -c apt-get update && apt-get upgrade -y # buildkit", upgraded, { line: 2 }),
      layer("COPY dist/ /srv/ # buildkit", app, { line: 3 }),
    ],
    baseImage: { ...debian, digest: digestOf(`debian ${baseSize}`) },
    stages: { declared: 1, reachable: 1, inherits: false },
    shells: [shell("/usr/bin/dash"), shell("/usr/bin/bash")],
    packageManagers: [packageManager("/usr/bin/apt-get"), packageManager("/usr/bin/dpkg")],
    family: "Debian GNU/Linux 13 (trixie)",
    entrypoint: ["/srv/server"],
    start: startOf("yes", { command: ["/srv/server"], chain: [opened("program", "/srv/server"), ...glibc] }),
  });
}

function baseImageMoved(): Audit {
  return audit([
    auditedImage({
      name: "api",
      ...built(service(91_200_000, 12_000_000, 8_412_000), service(80_800_000, 12_000_000, 8_400_000)),
      policy: { "max-increase": "5%" },
    }),
  ]);
}

function drift(): Audit {
  return audit([
    auditedImage({
      name: "api",
      ...built(service(80_800_000, 19_700_000, 8_640_000), service(80_800_000, 12_000_000, 8_400_000)),
      policy: { "max-increase": "5MB", "warn-increase": "200kB" },
    }),
  ]);
}

function severalImages(): Audit {
  return audit([
    auditedImage({ ...overBudgetParts, name: "calculator" }),
    auditedImage({ name: "gateway", head: slim, base: slim, policy: { "max-size": "100MB" } }),
    auditedImage({
      name: "api",
      head: service(80_800_000, 12_000_000, 9_900_000),
      base: service(80_800_000, 12_000_000, 8_400_000),
      policy: { "warn-increase": "1MB" },
    }),
    auditedImage({
      name: "worker",
      head: slim,
      baseMissing: { reason: "unavailable", message: "The base commit 1a2b3c4 could not be fetched." },
      policy: { "max-increase": "10MB" },
    }),
  ]);
}

function inconclusivePullSize(): Audit {
  const pull = (bytes: number) => ({
    bytes,
    exact: false,
    low: Math.round(bytes * 0.98),
    high: Math.round(bytes * 1.02),
  });
  return audit([
    auditedImage({
      head: { ...slim, pullSize: pull(10_030_000) },
      base: { ...slim, pullSize: pull(9_100_000) },
      policy: { "max-pull-size": "10MB" },
    }),
  ]);
}

function wastesBytes(): Audit {
  const head = wasting(
    [
      ...baseLayers("debian", 120_000_000),
      layer("RUN /bin/sh -c apt-get update && apt-get install -y curl # buildkit", 60_000_000, { line: 2 }),
      layer("COPY model /opt/models # buildkit", 80_000_000, { line: 3 }),
      layer("RUN /bin/sh -c chown -R app /opt/models # buildkit", 80_000_000, { line: 4 }),
      layer("RUN /bin/sh -c rm -rf /var/lib/apt/lists /usr/share/doc # buildkit", 0, { line: 5 }),
    ],
    [
      { kind: "metadata-only", bytes: 80_000_000, files: 2, layer: 2, wastedBy: 3 },
      { kind: "deleted", bytes: 19_000_000, files: 12, layer: 1, wastedBy: 4 },
      { kind: "deleted", bytes: 4_000_000, files: 900, layer: 0, wastedBy: 4 },
    ],
    [
      { path: "/opt/models/large.bin", kind: "metadata-only", bytes: 70_000_000, layer: 2, wastedBy: 3 },
      { path: "/opt/models/small.bin", kind: "metadata-only", bytes: 10_000_000, layer: 2, wastedBy: 3 },
      { path: "/var/lib/apt/lists/main", kind: "deleted", bytes: 18_000_000, layer: 1, wastedBy: 4 },
    ],
    {
      bytes: 12_000_000,
      largest: [
        {
          size: 4_000_000,
          copies: 4,
          bytes: 12_000_000,
          paths: [{ path: "/usr/lib/a.so" }, { path: "/usr/lib/a.so.1" }, { path: "/usr/lib/a.so.1.2" }],
        },
      ],
    },
  );
  return audit([
    auditedImage({
      head,
      baseMissing: { reason: "new", message: "Dockerfile is new: main has no such Dockerfile." },
      headFiles: filesystem({
        "opt/models/large.bin": [70_000_000, 3],
        "opt/models/small.bin": [10_000_000, 3],
      }),
      policy: {
        "max-waste": "5%",
        "max-unpacked-size": "300MB",
        "max-layer-size": "100MB",
        paths: "/opt/models: 50MB\n/usr/share/doc: 1MB",
      },
    }),
  ]);
}

function hostileNames(): Audit {
  const evil = hostileTexts.join(" ");
  return audit(
    [
      auditedImage({
        name: "evil/⛔-fail @everyone <img src=x>",
        head: inspection({
          layers: [
            ...baseLayers("evil", 1_000_000),
            layer(`RUN /bin/sh -c echo '${evil}' # buildkit`, 50_000_000, { line: 2 }),
          ],
          baseImage: {
            written: "x",
            resolved: "evil.example/@everyone/![x](http://tracker.example/x.png)",
            digest: null,
          },
          shells: hostileTexts.map((text) => shell(`/bin/${text}`, { certainty: "likely", kind: "dash" })),
          notes: [evil],
          entrypoint: [`/${evil}`],
          start: startOf("yes", { command: [`/${evil}`], chain: [opened("program", `/${evil}`)] }),
          stages: { declared: 1, reachable: 1, inherits: false },
        }),
        base: slim,
        headFiles: filesystem(
          Object.fromEntries(
            hostileTexts.map((text, index) => [
              Buffer.from(`opt/${text}`).toString("latin1"),
              [5_000_000 - index, 1] as const,
            ]),
          ),
        ),
        policy: { "max-size": "10MB", distroless: "fail" },
      }),
    ],
    { notes: [evil] },
  );
}

export const hostileTexts: readonly string[] = [
  "@everyone @org/team",
  "closes #1, GH-2, owner/repo#3",
  "![x](http://tracker.example/x.png)",
  "[click](https://evil.example)",
  "https://evil.example www.evil.example",
  "mail me@evil.example",
  "<img src=x onerror=alert(1)><script>",
  "</code></details>|a|b|",
  "-->`x`",
  "*bold* _it_ ~~s~~ $math$ :tada:",
  "PASS\u202eLIAF\u200b\u00a0x",
  "line\nbreak\r\n# heading",
  "##[add-mask]e ::set-output name=x::y",
  "&#64;user &lt;b&gt;",
  "\u001b[31mred",
];

function warnOnly(): Audit {
  return audit([
    auditedImage({ ...overBudgetParts, policy: { ...overBudgetParts.policy, "warn-only": "true" } }),
  ]);
}

function likelyShell(): Audit {
  const head = inspection({
    layers: [layer("COPY --from=build /out/ / # buildkit", 2_700_000, { line: 12 })],
    shells: [shell("/usr/lib/.helper", { reason: "content", certainty: "likely", kind: "busybox" })],
  });
  return audit([auditedImage({ head, base: slim })]);
}

function endedEarly(): Audit {
  return audit([], {
    verdict: "inconclusive",
    error: {
      code: "build-failed",
      message: "The image does not build: RUN make @all (Dockerfile:7) failed. See the log above.",
    },
  });
}

const python = { written: "python:3-slim", resolved: "docker.io/library/python:3-slim" };
const site = "usr/local/lib/python3.13/site-packages";

/** Returns a Python service on a base image of forty layers. */
function pythonService(version: string, baseSize: number, packages: Readonly<Record<string, number>>) {
  const packagesSize = Object.values(packages).reduce((sum, size) => sum + size, 0);
  return {
    inspection: inspection({
      layers: [
        ...baseLayers(`python ${version}`, baseSize, ...Array.from({ length: 39 }, () => 1_000)),
        layer("WORKDIR /app", 0, { line: 2, id: `workdir ${version}` }),
        layer("RUN /bin/sh -c pip install -r requirements.txt # buildkit", packagesSize, { line: 3 }),
        layer("COPY app.py . # buildkit", 2_670, { line: 4 }),
      ],
      baseImage: { ...python, digest: digestOf(version) },
      stages: { declared: 1, reachable: 1, inherits: false },
      shells: [shell("/usr/bin/dash"), shell("/usr/bin/bash")],
      packageManagers: [packageManager("/usr/bin/apt-get"), packageManager("/usr/bin/dpkg")],
      user: "app",
      workingDirectory: "/app",
      entrypoint: null,
      command: ["python", "app.py"],
      program: `/usr/local/bin/python${version}`,
      start: startOf("yes", {
        command: ["python", "app.py"],
        chain: [opened("program", `/usr/local/bin/python${version}`, "python"), ...glibc],
      }),
    }),
    files: filesystem({
      [`usr/local/bin/python${version}`]: [6_830_000, 0],
      [`usr/lib/x86_64-linux-gnu/libcrypto.so.${version}`]: [6_530_000, 0],
      "usr/share/doc/all.gz": [baseSize - 20_000_000, 0],
      ...Object.fromEntries(
        Object.entries(packages).map(([name, size]) => [`${site}/${name}/x.py`, [size, 41] as const]),
      ),
      "app/app.py": [2_670, 42],
    }),
  };
}

/** The base image moved and shrank, although it has new files. A framework is no longer needed. */
function shrinks(): Audit {
  const flask = { werkzeug: 1_310_000, jinja2: 1_080_000, click: 640_000, flask: 560_000, blinker: 40_000 };
  const head = pythonService("3.14", 110_000_000, { requests: 900_000, pip: 9_000_000 });
  const base = pythonService("3.13", 190_000_000, {
    ...flask,
    itsdangerous: 70_000,
    markupsafe: 50_000,
    requests: 900_000,
    pip: 9_300_000,
  });
  return audit([
    auditedImage({
      name: "api",
      ...built(head.inspection, base.inspection),
      headFiles: head.files,
      baseFiles: base.files,
      policy: { "max-size": "200MB" },
    }),
  ]);
}

function gitInTheImage(): Audit {
  const side = (size: number) =>
    inspection({ layers: [layer("COPY . /app # buildkit", size, { line: 4 })], user: null });
  return audit([
    auditedImage({
      name: "web",
      head: { ...side(23_500_000), gitDirectories: [{ path: "/app/.git", bytes: 21_300_000, layer: 0 }] },
      base: side(2_200_000),
      headFiles: filesystem({
        "app/index.js": [2_200_000, 0],
        "app/.git/objects/pack/pack-1.pack": [21_000_000, 0],
        "app/.git/HEAD": [300_000, 0],
      }),
      baseFiles: filesystem({ "app/index.js": [2_200_000, 0] }),
    }),
  ]);
}

/** The size is the same, but another program starts, as another user, in another directory. */
function startsOtherwise(): Audit {
  const head = inspection({
    user: "0:0",
    workingDirectory: "/srv/$RELEASE",
    entrypoint: null,
    command: ["/bin/sh", "-c", "node server.js --title='A | B'"],
    program: "/usr/bin/dash",
  });
  const base = inspection({
    user: "node",
    workingDirectory: "/srv",
    entrypoint: ["node"],
    command: ["server.js", "--title=A | B"],
    program: "/usr/local/bin/node",
  });
  return audit([auditedImage({ name: "web", head, base })]);
}

function buildFailed(): Audit {
  return audit([], {
    verdict: "inconclusive",
    error: {
      code: "build-failed",
      message: `The build of the head's image failed at line 3 of the Dockerfile, [2/4] RUN make @all: exit code: 2. Its last lines:
  cc -O2 -o calculator main.c
  main.c:12:5: error: 'x' undeclared | see #12
     12 |     x = 1;
  make: *** [Makefile:4: all] Error 1`,
    },
  });
}

/** A program that needs glibc moved to Alpine. */
function cannotStart(): Audit {
  const side = (base: string, size: number, start: Start) =>
    inspection({
      layers: [
        ...baseLayers(base, size),
        layer("COPY --from=build /out/ /app/ # buildkit", 14_200_000, { line: 9 }),
      ],
      baseImage: { written: base, resolved: `docker.io/library/${base}`, digest: null },
      shells: [shell("/bin/sh")],
      packageManagers: [packageManager("/usr/bin/package-manager")],
      user: null,
      entrypoint: ["/app/server"],
      program: "/app/server",
      start,
    });
  const command = { command: ["/app/server"] };
  const head = startOf("no", {
    ...command,
    problems: [
      {
        class: "interpreter-missing",
        path: "/app/server",
        needs: "/lib64/ld-linux-x86-64.so.2",
        found: "this image does not have it",
      },
    ],
    healthcheck: { needs: "curl", found: "no directory in PATH has it", isShellForm: false },
  });
  return audit([
    auditedImage({
      name: "api",
      head: side("alpine:3.22", 8_400_000, head),
      base: side("debian:13-slim", 78_600_000, startOf("yes", command)),
    }),
  ]);
}

/** Nothing about its start changes: two libraries are missing on both sides. */
function cannotStartEither(): Audit {
  const missing = (needs: string) => ({
    class: "library-missing" as const,
    path: "/usr/local/lib/plugins/very-long-directory-name-of-a-plugin/libtransport-secure.so.12",
    needs,
    found: "no directory that the loader searches has it",
  });
  const start = startOf("no", { problems: [missing("libssl.so.3"), missing("libcrypto.so.3")] });
  const side = (size: number) =>
    inspection({ layers: [layer("COPY --from=build /out/ / # buildkit", size, { line: 12 })], start });
  return audit([auditedImage({ head: side(2_750_000), base: side(2_700_000) })]);
}

/** An edited `apt-get install`, on a base image of which a package could not be read. */
function installsPackages(): Audit {
  const below = baseLayers("ubuntu", 77_800_000);
  const shared = { shells: ubuntuShells, packageManagers: ubuntuManagers, family: "Ubuntu 24.04.3 LTS" };
  const jar = { path: "/opt/app.jar", type: "maven", detail: "is damaged" } as const;
  const head = inspection({
    ...shared,
    layers: [
      ...below,
      layer("RUN /bin/sh -c apt-get install -y curl gcc # buildkit", 268_000_000, { line: 2 }),
    ],
    packages: [
      debianPackage("cpp-13", "13.2.0-23ubuntu4", 28_672_000),
      debianPackage("curl", "8.5.0-2ubuntu10.6", 545_792),
      debianPackage("evil|name`</details>", "1", 0),
      debianPackage("gcc-13", "13.2.0-23ubuntu4", 120_832_000),
      debianPackage("libcurl4t64", "8.5.0-2ubuntu10.4", 900_000),
      debianPackage("libgcc-13-dev", "13.2.0-23ubuntu4", 36_352_000),
    ],
    packagesUnread: [jar],
  });
  const base = inspection({
    ...shared,
    layers: [
      ...below,
      layer("RUN /bin/sh -c apt-get install -y curl wget # buildkit", 3_000_000, { line: 2 }),
    ],
    packages: [
      debianPackage("curl", "8.5.0-2ubuntu10.1", 544_768),
      debianPackage("libcurl4t64", "8.5.0-2ubuntu10.6", 900_000),
      debianPackage("wget", "1.21.4-1ubuntu4.1", 1_024_000),
    ],
    packagesUnread: [jar],
  });
  return audit([auditedImage({ head, base, policy: { "max-size": "1GB" } })]);
}

function policyChanges(): Audit {
  const exception = { image: "calculator", reason: "Debug shell until the log agent has moved out" };
  const head = inspection({
    layers: [layer("COPY /calculator /calculator # buildkit", 1_835_504, { line: 9 })],
  });
  return audit([auditedImage({ head, base: slim, policy: { "max-size": "100MB", distroless: "fail" } })], {
    policy: {
      sources: [
        { kind: "extended", reference: `octo/policies/image-audit.yml@${"0123456789".repeat(4)}` },
        {
          kind: "file",
          path: ".github/image-audit.yml",
          commit: "1a2b3c4d5e6f708192a3b4c5d6e7f80912345678",
          branch: "main",
        },
        { kind: "default" },
      ],
      remarks: [
        { kind: "setting", key: "max-size", before: "100MB", after: "500MB", counts: false },
        { kind: "setting", key: "distroless", before: "fail", after: "off", counts: false },
        { kind: "setting", key: "max-layers", before: null, after: "20", counts: true },
        { kind: "image", key: "target", before: "prod", after: null },
        { kind: "file", path: ".github/image-audit.yml", role: "policy" },
        { kind: "file", path: ".github/workflows/ci.yml", role: "workflow" },
        {
          kind: "exception",
          state: "soon",
          exception: { ...exception, rule: "distroless", paths: ["/usr/bin/busybox"], expires: "2027-03-31" },
        },
        {
          kind: "exception",
          state: "expired",
          exception: { ...exception, rule: "max-size", paths: null, expires: "2026-10-01" },
        },
      ],
    },
  });
}
