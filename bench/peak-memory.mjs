import { readFileSync, writeFileSync } from "node:fs";

// `node --import` loads this into the measured process. It is plain JavaScript, because stripping types needs
// memory. It does not use getrusage(2): that maximum survives execve(2), so it includes the memory of the
// parent process.

const file = process.env.IMAGE_AUDIT_BENCH_MEMORY;
if (file !== undefined) {
  process.on("exit", () => {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    writeFileSync(file, String(Number(kibibytes) * 1024));
  });
}
