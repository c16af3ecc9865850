import { expect, test } from "vitest";
import { familyOf } from "../../src/inspect/family.ts";
import { filesystemOf } from "../helpers/images.ts";
import { file, symlink, type TarMember } from "../helpers/tar.ts";

async function family(...members: readonly TarMember[]): Promise<string | null> {
  return familyOf(await filesystemOf(members));
}

test.each<[string, string | null]>([
  ['NAME=x\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', "Debian GNU/Linux 12 (bookworm)"],
  ["PRETTY_NAME='Distroless'\n", "Distroless"],
  ["PRETTY_NAME=Wolfi", "Wolfi"],
  ['PRETTY_NAME="A \\"B\\" \\$C \\\\"\r\n', 'A "B" $C \\'],
  ['PRETTY_NAME="first"\nPRETTY_NAME="last"\n', "last"],
  ['PRETTY_NAME="Größe"\n', "Größe"],
  ['PRETTY_NAME="a\u001b[31mb\u202ec\u2028d"\n', "a[31mbcd"],
  [`PRETTY_NAME="${"🐧".repeat(200)}"`, "🐧".repeat(100)],
  ['PRETTY_NAME=""\n', null],
  ["#PRETTY_NAME=x\n PRETTY_NAME=y\nXPRETTY_NAME=z\n", null],
  ["", null],
])("os-release %j has the family %j", async (text, expected) => {
  expect(await family(file("etc/os-release", text))).toBe(expected);
});

test("finds os-release through its link, or else in usr/lib", async () => {
  const target = file("usr/lib/os-release", "PRETTY_NAME=X");
  expect(await family(target, symlink("etc/os-release", "../usr/lib/os-release"))).toBe("X");
  expect(await family(target)).toBe("X");
  expect(await family()).toBeNull();
});
