import { readFileSync, writeFileSync } from "node:fs";

// Loaded into the process that is measured: `node --import`. Plain JavaScript, since stripping types would need memory.
// Not getrusage(2): its maximum outlives execve(2), and so begins with what the process that started this one had.

const file = process.env.IMAGE_AUDIT_BENCH_MEMORY;
if (file !== undefined) {
  process.on("exit", () => {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    writeFileSync(file, String(Number(kibibytes) * 1024));
  });
}
