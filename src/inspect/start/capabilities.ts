import type { FileCapabilities } from "../../image/layer/entry.ts";
import type { Account } from "./account.ts";

/** What a program's file capabilities mean for its start (capabilities(7)). Sentences are for people. */
export interface CapabilityFacts {
  /** why an engine may refuse to execute it; null if it does not */
  readonly unknown: string | null;
  /** where it may be refused although engines execute it by default; null for nowhere */
  readonly hint: string | null;
}

/**
 * Linux refuses to execute a program with effective capabilities of which one is not in the bounding set, also
 * for root (bprm_caps_from_vfs_caps in security/commoncap.c). The bounding set is what the runtime grants.
 * @param path for people
 * @param capabilities undefined if it has none; null if they are damaged
 */
export function capabilityFacts(
  path: string,
  capabilities: FileCapabilities | null | undefined,
): CapabilityFacts {
  if (capabilities === undefined) return { unknown: null, hint: null };
  if (capabilities === null)
    return { unknown: `The file capabilities of ${path} are damaged, so Linux may refuse them.`, hint: null };
  const needed = capabilities.isEffective ? numbersOf(capabilities.permitted) : [];
  const missing = needed.filter((number) => !grantedByEngines.has(number));
  if (missing.length > 0)
    return {
      unknown: `${path} has file capabilities that engines do not grant by default, and starts only with ${missing.map((number) => `--cap-add=${nameOf(number)}`).join(" ")}.`,
      hint: null,
    };
  const names = needed.map(nameOf).join(", ");
  const hint = `${path} has file capabilities (${names}): Linux refuses to execute it where the runtime drops them, as clusters often do.`;
  return { unknown: null, hint: needed.length === 0 ? null : hint };
}

/**
 * Reports whether the capabilities set AT_SECURE: only for users other than root, and only if the program gets
 * any (cap_bprm_creds_from_file).
 */
export function isSecureByCapabilities(
  capabilities: FileCapabilities | null | undefined,
  account: Account | null,
): boolean {
  if (!capabilities || account === null || account.uid === 0) return false;
  return (
    capabilities.isEffective ||
    numbersOf(capabilities.permitted).some((number) => grantedByEngines.has(number))
  );
}

function numbersOf(mask: number): readonly number[] {
  return names.flatMap((_, number) => (Math.floor(mask / 2 ** number) % 2 === 1 ? [number] : []));
}

function nameOf(number: number): string {
  return names[number] ?? `${number}`;
}

/** The names of linux/capability.h without CAP_, by number. */
const names: readonly string[] = [
  ...["CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP"],
  ...[
    "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_ADMIN",
    "NET_RAW",
    "IPC_LOCK",
    "IPC_OWNER",
  ],
  ...[
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_PACCT",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_NICE",
  ],
  ...[
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "MKNOD",
    "LEASE",
    "AUDIT_WRITE",
    "AUDIT_CONTROL",
    "SETFCAP",
  ],
  ...["MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF"],
  "CHECKPOINT_RESTORE",
];

/** The default of Docker and containerd (moby's daemon/pkg/oci/caps, DefaultCapabilities). */
const grantedByEngines: ReadonlySet<number> = new Set([0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31]);
