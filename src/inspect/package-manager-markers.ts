import type { Marker } from "./marker.ts";

/**
 * Bytes that package managers hold, and no other program of those that were searched: sentences of their own help. The
 * libraries that do their work (libapt-pkg, librpm, libapk, libalpm) do not hold them: a library is no manager.
 */
export const packageManagerMarkers: readonly Marker[] = [
  // Seen in Debian's packages (__tests__/inspect/real-programs.test.ts).
  { name: "apt", all: ["apt is a commandline package manager"] },
  { name: "apt-get", all: ["apt-get is a command line interface for retrieval"] },
  { name: "aptitude", all: ["aptitude::Logging::File"] },
  { name: "dpkg", all: [" - DPKG_CONFFILE_OLD"] },
  { name: "rpm", all: ["Install/Upgrade/Erase options:"] },
  { name: "pacman", all: ["Pacman v%s - libalpm v%s"] },
  { name: "zypper", all: ["Enter the zypper command shell."] },
  // Read in the source of apk-tools (src/apk.c), microdnf (dnf/dnf-main.c), dnf5 (dnf5/main.cpp) and tdnf (tools/cli/lib/help.c).
  { name: "apk", all: ["apk-tools ", ", compiled for "] },
  { name: "microdnf", all: ["This is microdnf, which implements subset of"] },
  { name: "dnf5", all: ["Enable libdnf5 plugins by name."] },
  { name: "tdnf", all: ["Please use /usr/bin/tdnf --help"] },
];
