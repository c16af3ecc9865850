"""Reads the tar that a command writes, with Python's tarfile. Prints a line of JSON for each member.

With --only, the command must be `docker save`. Lists only those paths in the layers, each with the name of its layer.
Also prints the manifest, which has the layers of each image.
"""

import argparse
import json
import subprocess
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


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--only", action="append", metavar="PATH")
parser.add_argument("command", nargs=argparse.REMAINDER)
arguments = parser.parse_args()

with subprocess.Popen(arguments.command, stdout=subprocess.PIPE) as process:
    with tarfile.open(fileobj=process.stdout, mode="r|", bufsize=1 << 20) as archive:
        if arguments.only:
            list_layers(archive, set(arguments.only))
        else:
            for member in archive:
                say(record(member))
    # The writer pads the archive after the end that tarfile recognises.
    while process.stdout.read(1 << 20):
        pass
sys.exit(process.returncode)
