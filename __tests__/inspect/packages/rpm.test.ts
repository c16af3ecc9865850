import { expect, test } from "vitest";
import { packagesIn } from "../../helpers/package-records.ts";

test.each(["var/lib/rpm/rpmdb.sqlite", "usr/lib/sysimage/rpm/Packages.db", "var/lib/rpm/Packages"])(
  "says that %s is not read",
  async (path) => {
    const unread = "is a database of rpm, which Image Audit does not read";
    expect(await packagesIn(path, "x")).toEqual([{ type: "rpm", packages: [], unread }]);
  },
);
