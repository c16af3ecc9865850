"""Lists a tar on standard input as Python's tarfile reads it: a line of JSON for each member.

With paths as arguments the tar is what `docker save` writes: its layers are listed, of them those paths only, each with
the name of its layer, and in the end the manifest, which says what layers an image has.
"""

import json
import sys
import tarfile

TYPES = {
    tarfile.REGTYPE: "file",
    tarfile.AREGTYPE: "file",
    tarfile.LNKTYPE: "hardlink",
    tarfile.SYMTYPE: "symlink",
    tarfile.DIRTYPE: "directory",
    tarfile.CHRTYPE: "character-device",
    tarfile.BLKTYPE: "block-device",
    tarfile.FIFOTYPE: "fifo",
}


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")


def record(member):
    return {
        "path": clean(member.name),
        "type": TYPES[member.type],
        "mode": f"{member.mode & 0o7777:04o}",
        "uid": member.uid,
        "gid": member.gid,
        "size": member.size,
        "linkname": clean(member.linkname) if member.islnk() else member.linkname,
    }


def clean(name):
    return "/" + name.removeprefix("./").strip("/")


def list_layers(images, paths):
    for blob in images:
        if not blob.isfile():
            continue
        content = images.extractfile(blob)
        if blob.name == "manifest.json":
            say({"manifest": json.load(content)})
            continue
        try:
            layer = tarfile.open(fileobj=content, mode="r|*")
        except tarfile.ReadError:
            continue  # a document
        for member in layer:
            if clean(member.name) in paths:
                say({"layer": blob.name, **record(member)})


paths = set(sys.argv[1:])
with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as archive:
    if paths:
        list_layers(archive, paths)
    else:
        for member in archive:
            say(record(member))
