import fc from "fast-check";
import { expect, test } from "vitest";
import { type Confidential, lastMaskOf, type Mask, maskOf } from "../../src/secrecy/mask.ts";
import { withTextsMasked } from "../../src/secrecy/texts.ts";

const secrets = (...values: readonly (string | Buffer)[]): readonly Confidential[] =>
  values.map((value) => ({ value: Buffer.from(value), kind: "secret" }));

const key = `-----BEGIN KEY-----\n${"MIIEpAIBAAKCAQEAx9rTq0Zb".repeat(3)}\nq8J+/w==\n-----END KEY-----\n`;
const dockerConfig =
  '{\n\t"auths": {\n\t\t"ghcr.io": {\n\t\t\t"auth": "dXNlcjpodW50ZXIyISE="\n\t\t}\n\t}\n}\n';

function inPieces(mask: Mask, bytes: Buffer, sizes: readonly number[]): string {
  const stream = mask.stream();
  const parts: Buffer[] = [];
  let start = 0;
  for (const size of sizes) {
    parts.push(stream.write(bytes.subarray(start, start + size)));
    start += size;
  }
  return Buffer.concat([...parts, stream.write(bytes.subarray(start)), stream.end()]).toString("utf8");
}

test.each([
  ["a token", "s3cr3t-t0ken", "x s3cr3t-t0ken y", "x *** y"],
  ["seven characters", "hunter2", "pw=hunter2.", "pw=***."],
  ["four characters", "k9#x", "pin k9#x", "pin ***"],
  ["a secret without its final newline", "s3cr3t-t0ken\n", "s3cr3t-t0ken", "***"],
  ["a tab", "left\tright-9", "left\tright-9", "***"],
  ["a tab as a log shows it", "left\tright-9", "left  right-9", "***"],
  ["a soft hyphen", "left\u00adright-9", "left\u00adright-9", "***"],
  ["a soft hyphen as a log shows it", "left\u00adright-9", "leftright-9", "***"],
  ["colours inside", "s3cr3t-t0ken", "s3cr3t\u001b[31m-t0ken", "***"],
  ["direction marks inside", "s3cr3t-t0ken", "s3cr3t\u202e-t0ken", "***"],
  ["a secret that is a command", "##[x]y9z", "## [x]y9z", "***"],
  ["a line of a key", key, "MIIEpAIBAAKCAQEAx9rTq0Zb".repeat(3), "***"],
  ["a short line of a key", key, "q8J+/w==", "***"],
  ["a key with other line endings", key, key.replaceAll("\n", "\r\n").trim(), "***"],
  ["a word of a file", "//registry.example/:_authToken=npm_A1b2C3d4E5\n", "npm_A1b2C3d4E5", "***"],
  ["a value of JSON", dockerConfig, "dXNlcjpodW50ZXIyISE=", "***"],
  ["a secret escaped as in JSON", 'a"b\\c9!', '"a\\"b\\\\c9!"', '"***"'],
  ["a secret escaped as in a URL", "p@ss/w0rd!", "https://u:p%40ss%2Fw0rd!@h", "https://u:***@h"],
  ["base64", "s3cr3t-t0ken", Buffer.from("s3cr3t-t0ken").toString("base64"), "***"],
  ["hexadecimal", "s3cr3t-t0ken", Buffer.from("s3cr3t-t0ken").toString("hex"), "***"],
  ["its first half at a cut", "s3cr3t-t0ken-of-many", "x s3cr3t-t0k…", "x ***…"],
  ["its first half at the end", "s3cr3t-t0ken-of-many", "x s3cr3t-t0k", "x ***"],
  ["its last half at the start", "s3cr3t-t0ken-of-many", "en-of-many y", "*** y"],
  [
    "its halves around BuildKit's clipping message",
    "s3cr3t-t0ken-of-many",
    "s3cr3t-t0k[output clipped, log limit 2MiB reached]en-of-many",
    "***[output clipped, log limit 2MiB reached]***",
  ],
  ["a secret that overlaps another", "s3cr3t-t0ken", "s3cr3t-t0ken-more", "***-more"],
] as const)("masks %s", (_, secret, text, masked) => {
  expect(maskOf(secrets(secret)).text(text)).toBe(masked);
});

const special = "it's-my-pa$$w\"rd`x";
const foreign = "pässwört-42&x<y";
const reserved = "ab/cd+ef=gh!ij 12~3";

test.each([
  ["dash and busybox trace it", special, `'it'"'"'s-my-pa$$w"rd\`x'`, "'***'"],
  ["bash traces it", special, `'it'\\''s-my-pa$$w"rd\`x'`, "'***'"],
  ["bash declares it", special, 'T="it\'s-my-pa\\$\\$w\\"rd\\`x"', 'T="***"'],
  ["printf %q quotes it", special, "it\\'s-my-pa\\$\\$w\\\"rd\\`x", "***"],
  ["Python writes it as JSON", foreign, '"p\\u00e4ssw\\u00f6rt-42&x<y"', '"***"'],
  ["Jackson writes it as JSON", foreign, '"p\\u00E4ssw\\u00F6rt-42&x<y"', '"***"'],
  ["Go writes it as JSON", foreign, '"pässwört-42\\u0026x\\u003cy"', '"***"'],
  ["PHP writes it as JSON", reserved, '"ab\\/cd+ef=gh!ij 12~3"', '"***"'],
  ["Python writes its bytes", foreign, "b'p\\xc3\\xa4ssw\\xc3\\xb6rt-42&x<y'", "b'***'"],
  ["bash writes its bytes", foreign, "$'p\\303\\244ssw\\303\\266rt-42&x<y'", "$'***'"],
  ["XML contains it", foreign, "<p>pässwört-42&amp;x&lt;y</p>", "<p>***</p>"],
  ["an XML attribute contains it", special, 'p="it&#39;s-my-pa$$w&quot;rd`x"', 'p="***"'],
  ["Python's quote writes it", reserved, "?p=ab/cd%2Bef%3Dgh%21ij%2012~3", "?p=***"],
  ["a form contains it", reserved, "?p=ab%2Fcd%2Bef%3Dgh%21ij+12~3", "?p=***"],
  ["a URL in lower case contains it", reserved, "?p=ab%2fcd%2bef%3dgh%21ij%2012~3", "?p=***"],
  ["a Go URL contains it", reserved, "//u:ab%2Fcd+ef=gh%21ij%2012~3@h", "//u:***@h"],
  ["upper-case hexadecimal contains it", special, Buffer.from(special).toString("hex").toUpperCase(), "***"],
] as const)("masks a secret where %s", (_, secret, text, masked) => {
  expect(maskOf(secrets(secret)).text(text)).toBe(masked);
});

test("masks base64 at every position of the secret in the encoded text", () => {
  for (const before of ["", "u:", "us:", "user:", "x-access-token:"]) {
    const encoded = Buffer.from(`${before}s3cr3t-t0ken\n`).toString("base64");
    const masked = maskOf(secrets("s3cr3t-t0ken")).text(encoded);
    // The rest is from the ends, which encode more than the secret.
    const left = masked.replaceAll("***", "").length;
    expect(left, masked).toBeLessThan(Math.ceil((before.length * 4) / 3) + 6);
  }
});

test.each([64, 76])("masks base64 of a key in lines of %i characters", (width) => {
  const lines = Buffer.from(key)
    .toString("base64")
    .replace(new RegExp(`.{${width}}`, "g"), "$&\n");
  expect(maskOf(secrets(key)).text(lines)).toMatch(/^[*\n=]+.{0,4}$/);
});

test("masks two overlapping secrets completely", () => {
  expect(maskOf(secrets("abcd-1234", "1234-wxyz")).text("<abcd-1234-wxyz>")).toBe("<***>");
});

test("masks a secret whatever the chunks", () => {
  const values = fc.constantFrom(
    "s3cr3t-t0ken",
    key,
    dockerConfig,
    "aaaa-aaaa",
    "left\tright\u00ad9",
    "é€😀-x9",
  );
  const noise = fc.constantFrom("", "a", "aaaa", "s3cr", "\n", "é", "-----BEGIN", "***");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(noise, values), { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(40)),
      (parts, sizes) => {
        const text = parts.map(([before, value]) => before + value).join("");
        const mask = maskOf(secrets(...parts.map(([, value]) => value)));
        const masked = inPieces(mask, Buffer.from(text), sizes);
        expect(masked).toContain("***");
        for (const [, value] of parts) expect(masked).not.toContain(value.trim());
      },
    ),
    { numRuns: 2000 },
  );
});

test("a stream passes other text unchanged, and immediately unless a secret may be starting", () => {
  const mask = maskOf(secrets("s3cr3t-t0ken"));
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.array(fc.nat(9)), (text, sizes) => {
      expect(inPieces(mask, Buffer.from(text), sizes)).toBe(Buffer.from(text).toString("utf8"));
    }),
  );
  const stream = mask.stream();
  expect(stream.write(Buffer.from("npm install\n")).toString()).toBe("npm install\n");
  expect(stream.write(Buffer.from("done s3cr")).toString()).toBe("done ");
  expect(stream.write(Buffer.from("ets\n")).toString()).toBe("s3crets\n");
});

test("masks an endlessly repeated secret as it arrives, without buffering it", () => {
  const stream = maskOf(secrets("aaaaaaaa")).stream();
  const written = Array.from({ length: 1000 }, () =>
    stream.write(Buffer.from("a".repeat(1000))).toString(),
  ).join("");
  expect(written + stream.end().toString()).toBe("***");
});

test("masks a secret file of half a megabyte line by line", () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `line-${index}-${"xy".repeat(8)}`);
  const mask = maskOf(secrets(lines.join("\n")));
  expect(mask.text(`> ${lines[12_345]} <`)).toBe("> *** <");
  expect(mask.text(lines.join("\n"))).not.toMatch(/line-\d/);
});

test("reports a secret that is too short to search for", () => {
  for (const short of ["1", "ab", "abc", "abc\n"]) {
    expect(maskOf(secrets(short)).withholds).toBe(true);
    expect(maskOf(secrets(short)).text("a 1 abc")).toBe("a 1 abc");
  }
  expect(maskOf(secrets("", " \n", "abcd")).withholds).toBe(false);
  expect(maskOf([{ value: Buffer.from("1"), kind: "build argument" }]).withholds).toBe(false);
});

test("masks only untrusted text in a record, and removes the bytes of a masked path", () => {
  const record = {
    verdict: "pass",
    digest: "pass-9",
    size: 4,
    shells: [{ path: "/srv/pass-9/sh", pathBase64: "eA==", kind: "pass-9" }],
    other: [{ path: "/bin/sh", pathBase64: "eA==" }],
  };
  const masked = withTextsMasked(record, maskOf(secrets("pass", "pass-9")));
  expect(masked).toEqual({ ...record, shells: [{ path: "/srv/***/sh", kind: "pass-9" }] });
  expect(masked.other).toBe(record.other);
});

test("the final search does not change our own words, and finds secrets, not build arguments", () => {
  const argument = { value: Buffer.from("9f8e7d6c5b4a"), kind: "build argument" } as const;
  const last = lastMaskOf([...secrets("inconclusive", "true", "s3cr3t-t0ken"), argument]);
  expect(last.text("inconclusive true 9f8e7d6c5b4a s3cr3t-t0ken")).toBe("inconclusive true 9f8e7d6c5b4a ***");
});
