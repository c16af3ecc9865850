import { expect, test } from "vitest";
import { nodeAt } from "../../../src/image/filesystem/filesystem.ts";
import type { LayerEntry } from "../../../src/image/layer/entry.ts";
import { extendedAttributesOf } from "../../../src/image/layer/extended-attributes.ts";
import { filesystemOf } from "../../helpers/images.ts";
import { capabilitiesRecord, directory, file, hardlink, symlink } from "../../helpers/tar.ts";

const key = "SCHILY.xattr.security.capability";

// As written by `setcap cap_net_bind_service,cap_checkpoint_restore=ep` and GNU tar.
const bindAndRestore = "0100000200040000000000000001000000000000";

test.for<[hex: string, capabilities: LayerEntry["capabilities"]]>([
  [bindAndRestore, { permitted: 2 ** 10 + 2 ** 40, isEffective: true }],
  ["0000000200040000000000000000000000000000", { permitted: 2 ** 10, isEffective: false }],
  // revision 3, with the user namespace of uid 1000
  ["0100000300040000000000000000000000000000e8030000", { permitted: 2 ** 10, isEffective: true }],
  // capabilities that Linux does not know
  ["01000002ffffffff00000000ffffffff00000000", { permitted: 2 ** 41 - 1, isEffective: true }],
  // revision 1, which Linux no longer sets
  ["010000010004000000000000", null],
  ["0100000300040000000000000000000000000000", null],
  ["01", null],
])("decodes the capabilities %s", ([hex, capabilities]) => {
  const records = new Map([[key, Buffer.from(hex, "hex").toString("latin1")]]);
  expect(extendedAttributesOf(records, "file")).toEqual({ capabilities });
});

test("reads only what engines set, where it means something", async () => {
  const pax = capabilitiesRecord([10]);
  const listed = { "SCHILY.xattr.system.posix_acl_default": "x" };
  const filesystem = await filesystemOf([
    file("libarchive", "", { pax: { "LIBARCHIVE.xattr.security.capability": "AQAAAg" } }),
    file("empty", "", { pax: { [key]: "" } }),
    file("plain", "", { pax: { mtime: "1.5" } }),
    directory("directory", { pax: { ...pax, ...listed } }),
    symlink("link", "plain", { pax: { ...pax, ...listed } }),
  ]);
  const kept = ["libarchive", "empty", "plain", "directory", "link"].map((path) => {
    const { capabilities, hasAccessList } = nodeAt(filesystem, path)?.attributes ?? {};
    return [path, capabilities, hasAccessList];
  });
  expect(kept).toEqual([
    ["libarchive", undefined, undefined],
    ["empty", undefined, undefined],
    ["plain", undefined, undefined],
    ["directory", undefined, true],
    ["link", undefined, undefined],
  ]);
});

test("a file has the capabilities of its last hard link, and every list that it was given", async () => {
  const acl = { "SCHILY.xattr.system.posix_acl_access": "x" };
  const filesystem = await filesystemOf([
    file("dropped", "", { pax: { ...capabilitiesRecord([10]), ...acl } }),
    hardlink("dropped-too", "dropped"),
    file("kept", ""),
    hardlink("kept-too", "kept", { pax: capabilitiesRecord([10], false) }),
  ]);
  const attributes = ["dropped", "kept"].map((path) => nodeAt(filesystem, path)?.attributes);
  expect(attributes).toEqual([
    { type: "file", mode: 0o644, uid: 0, gid: 0, hasAccessList: true },
    { type: "file", mode: 0o644, uid: 0, gid: 0, capabilities: { permitted: 2 ** 10, isEffective: false } },
  ]);
});
