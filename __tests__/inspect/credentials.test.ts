import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import { readLayer } from "../../src/image/layer/layer.ts";
import { toBytes } from "../../src/image/readings/bytes.ts";
import { examineContent } from "../../src/inspect/content.ts";
import { findSecrets } from "../../src/inspect/secrets.ts";
import { digestOf } from "../../src/oci/digest.ts";
import { file, type TarMember, tar, whiteout } from "../helpers/tar.ts";

async function readingOf(members: readonly TarMember[]) {
  async function* bytes() {
    yield tar(members);
  }
  const { reading } = await readLayer(bytes(), { examine: examineContent });
  return reading;
}

async function secretsOf(...layers: readonly (readonly TarMember[])[]) {
  const readings = await Promise.all(layers.map(readingOf));
  return findSecrets(readings, mergeLayers(readings));
}

async function kindAt(path: string, content: string): Promise<string | null> {
  const [secret] = await secretsOf([file(path, content)]);
  return secret?.kind ?? null;
}

const pkcs8 = { type: "pkcs8", format: "pem" } as const;
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const key = privateKey.export(pkcs8).toString();
const publicPem = publicKey.export({ type: "spki", format: "pem" }).toString();
const protectedKey = privateKey.export({ ...pkcs8, cipher: "aes-256-cbc", passphrase: "x" }).toString();
const { privateKey: rsa } = generateKeyPairSync("rsa", { modulusLength: 1024 });
const rsaKey = rsa.export({ type: "pkcs1", format: "pem" }).toString();
const oldProtectedKey = rsa
  .export({ type: "pkcs1", format: "pem", cipher: "aes-128-cbc", passphrase: "x" })
  .toString();
const openSsh = (cipher: string) => {
  const data = Buffer.concat([
    Buffer.from("openssh-key-v1\0\0\0\0"),
    Buffer.from([cipher.length]),
    Buffer.from(cipher),
  ]);
  const body = Buffer.concat([data, Buffer.alloc(200, 7)]).toString("base64");
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${body.match(/.{1,70}/g)?.join("\n")}\n-----END OPENSSH PRIVATE KEY-----\n`;
};

test.each<[string, string, string | null]>([
  ["app/key.pem", key, "private-key"],
  ["app/anything", key, "private-key"],
  ["app/anything", rsaKey, "private-key"],
  ["app/both.pem", `${publicPem}${key}`, "private-key"],
  ["app/crlf.key", key.replaceAll("\n", "\r\n"), "private-key"],
  ["root/.ssh/id_ed25519", openSsh("none"), "private-key"],
  ["root/.ssh/id_rsa", openSsh("aes256-ctr"), "encrypted-private-key"],
  ["etc/ssh/ssh_host_ed25519_key", openSsh("none"), "ssh-host-key"],
  ["app/key.pem", protectedKey, "encrypted-private-key"],
  ["app/key.pem", oldProtectedKey, "encrypted-private-key"],
  ["app/public.pem", publicPem, null],
  ["app/key.pem", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n", null],
  ["app/key.pem", "-----BEGIN PRIVATE KEY-----", null],
  ["app/code.js", `const begin = "-----BEGIN PRIVATE KEY-----";`, null],
  ["app/sa.json", JSON.stringify({ type: "service_account", private_key: key }), "gcp-credentials"],
  ["app/sa.json", JSON.stringify({ type: "service_account", private_key: "…" }), null],
])("a key in %s", async (path, content, kind) => {
  expect(await kindAt(path, content)).toBe(kind);
});

test.each<[string, string, string | null]>([
  [
    "root/.aws/credentials",
    "[default]\naws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYzz\n",
    "aws-credentials",
  ],
  ["root/.aws/config", "[default]\nregion = eu-west-1\n", null],
  ["root/.npmrc", "//npm.example.com/:_authToken=npm_abcdef\n", "npm-token"],
  ["app/.npmrc", "//npm.example.com/:_authToken=${NPM_TOKEN}\nsave-exact=true\n", null],
  ["root/.docker/config.json", '{"auths":{"r.example":{"auth":"dXNlcjpwYXNz"}}}', "docker-credentials"],
  ["root/.docker/config.json", '{"auths":{"r.example":{}},"credsStore":"pass"}', null],
  ["root/.netrc", "machine x login y password z1\n", "netrc"],
  ["root/.pypirc", "[pypi]\npassword: pypi-abc\n", "pypi-credentials"],
  ["root/.kube/config", "kind: Config\nusers:\n- user:\n    client-key-data: LS0t\n", "kubeconfig"],
  ["root/.git-credentials", "https://user:pass@host\n", "git-credentials"],
  ["app/.git/config", "[http]\n\textraheader = AUTHORIZATION: basic abc\n", "git-credentials"],
  ["app/.git/config", '[remote "origin"]\n\turl = https://github.com/o/r\n', null],
  ["root/.pgpass", "host:5432:db:user:secret\n", "database-password"],
  ["root/.m2/settings.xml", "<password>${env.P}</password>", null],
  ["root/.m2/settings.xml", "<password>abc</password>", "package-registry-credentials"],
  ["app/.env", "DEBUG=true\nDB_PASSWORD=hunter2\n", "env-file"],
  ["app/.env.production", 'export STRIPE_SECRET_KEY="sk_live_abc"\n', "env-file"],
  ["app/prod.env", "API_KEY=abc123def\n", "env-file"],
  ["app/.env", "DB_PASSWORD=\nAPI_KEY=${KEY}\nTOKEN=<token>\nJWT_SECRET=changeme\n", null],
  ["app/.env", "PASSWORD_FILE=/run/secrets/db\nMAX_TOKENS=4096\nTOKEN_TTL=3600\n", null],
  ["app/.env.example", "DB_PASSWORD=hunter2\n", null],
  ["app/config.json", '{"auth":"dXNlcjpwYXNz"}', null],
])("credentials in %s", async (path, content, kind) => {
  expect(await kindAt(path, content)).toBe(kind);
});

test("a secret stays in its layer when a later one deletes or replaces it", async () => {
  expect(
    await secretsOf(
      [file("a.key", key), file("b.key", key), file("c.key", key)],
      [whiteout("a.key"), file("b.key", "x")],
    ),
  ).toMatchObject([
    { path: "/a.key", isDeleted: true, layer: 0, bytes: key.length },
    { path: "/b.key", isDeleted: true, layer: 0 },
    { path: "/c.key", isDeleted: false, layer: 0 },
  ]);
});

test.each([
  ["usr/share/doc/openssl/key.pem", true],
  ["usr/lib/python3/dist-packages/x/tests/key.pem", true],
  ["app/node_modules/x/test/fixtures/key.pem", true],
  ["etc/ssl/private/ssl-cert-snakeoil.key", true],
  ["app/node_modules/x/key.pem", false],
  ["app/tests/key.pem", false],
  ["etc/ssl/private/server.key", false],
])("%s is an example: %s", async (path, isExample) => {
  expect(await secretsOf([file(path, key)])).toMatchObject([{ isExample }]);
});

test("nothing of a secret enters a reading", async () => {
  const value = "hunter2-Very-Secret";
  const reading = await readingOf([
    file("a.key", key),
    file(".env", `DB_PASSWORD=${value}\n`),
    file(".netrc", `password ${value}`),
    file(".npmrc", `//r/:_authToken=${value}`),
    file("etc/ssh/ssh_host_rsa_key", rsaKey),
  ]);
  const bytes = toBytes({ reading, blob: { digest: digestOf(Buffer.of()), size: 0 } });
  expect(bytes.includes(value)).toBe(false);
  for (const line of [...key.split("\n"), ...rsaKey.split("\n")].filter(
    (text) => text.length > 30 && !text.startsWith("-"),
  ))
    expect(bytes.includes(line)).toBe(false);
});

test("hostile files take bounded time and have no secret", async () => {
  const texts = [
    `${"A_".repeat(20_000)}=x`,
    "SECRET".repeat(10_000),
    "-----BEGIN ".repeat(5000),
    `-----BEGIN PRIVATE KEY-----\n${"\n".repeat(60_000)}`,
    "://a:".repeat(10_000),
    "_auth".repeat(12_000),
    `"auth" `.repeat(9000),
    ":".repeat(60_000),
  ];
  const paths = [".env", ".npmrc", ".git-credentials", ".pgpass", ".pypirc", "a.pem", ".docker/config.json"];
  for (const path of paths) {
    expect(await secretsOf(texts.map((text, index) => file(`${index}/${path}`, text)))).toEqual([]);
  }
});

test("a large file is searched only at its beginning, and only if it looks like a key", async () => {
  const large = "x\n".repeat(100_000);
  expect(await kindAt("a.pem", key + large)).toBe("private-key");
  expect(await kindAt("a.pem", large + key)).toBeNull();
  expect(await kindAt(".env", `DB_PASSWORD=hunter2\n${large}`)).toBeNull();
});
