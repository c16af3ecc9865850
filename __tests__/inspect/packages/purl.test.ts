import { expect, test } from "vitest";
import type { Package } from "../../../src/inspect/packages/package.ts";
import { purlOf } from "../../../src/inspect/packages/purl.ts";

type Named = Pick<Package, "type" | "name" | "version" | "architecture">;

test.each<[Named["type"], string, string, string | null, string | null]>([
  [
    "deb",
    "libstdc++6",
    "12.2.0-14",
    "amd64",
    "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64&distro=debian-12",
  ],
  ["deb", "git", "1:2.39.2-1.1", "amd64", "pkg:deb/debian/git@1:2.39.2-1.1?arch=amd64&distro=debian-12"],
  ["apk", "Zlib", "1.3-r2", "x86_64", "pkg:apk/debian/zlib@1.3-r2?arch=x86_64&distro=debian-12"],
  ["rpm", "bash", "1:5.2-1", "x86_64", "pkg:rpm/debian/bash@5.2-1?arch=x86_64&distro=debian-12&epoch=1"],
  ["rpm", "gpg-pubkey", "1-2", null, "pkg:rpm/debian/gpg-pubkey@1-2?distro=debian-12"],
  ["pypi", "Zope.Interface_x", "5", null, "pkg:pypi/zope-interface-x@5"],
  ["npm", "@types/node", "1.0.0+a", null, "pkg:npm/%40types/node@1.0.0%2Ba"],
  ["maven", "org.slf4j:slf4j-api", "2.0.9", null, "pkg:maven/org.slf4j/slf4j-api@2.0.9"],
  ["maven", "spring-core", "6.1.1", null, null],
  ["npm", "JSONStream", "1.3.5", null, "pkg:npm/jsonstream@1.3.5"],
  ["golang", "github.com/BurntSushi/toml", "v1.4.0", null, "pkg:golang/github.com/burntsushi/toml@v1.4.0"],
  ["golang", "example.com/app", "(devel)", null, "pkg:golang/example.com/app"],
  ["golang", "golang.org/x/net", "v0.1.0", null, "pkg:golang/golang.org/x/net@v0.1.0"],
  ["cargo", "serde", "1!*'()", null, "pkg:cargo/serde@1%21%2A%27%28%29"],
  ["cargo", "é\ud800", "1 ?#/", null, "pkg:cargo/%C3%A9%EF%BF%BD@1%20%3F%23%2F"],
])("%s %s %s", (type, name, version, architecture, purl) => {
  const distribution = { id: "debian", version: "12" };
  expect(purlOf({ type, name, version, architecture }, distribution)).toBe(purl);
});

test("names the distribution, which packages of an operating system need", () => {
  const bash: Named = { type: "rpm", name: "bash", version: "5-1", architecture: null };
  expect(purlOf(bash, null)).toBeNull();
  expect(purlOf(bash, { id: "rhel", version: "9.4" })).toBe("pkg:rpm/redhat/bash@5-1?distro=rhel-9.4");
  expect(purlOf(bash, { id: "arch", version: null })).toBe("pkg:rpm/arch/bash@5-1?distro=arch");
});
