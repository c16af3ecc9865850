import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { checkoutHash } from "./places.ts";

/**
 * Runs work that only one process of this checkout may do at a time: test files run in processes of their own.
 * The lock is a socket in Linux's abstract namespace (unix(7)), which ends with its process, however that ends.
 */
export async function locked<T>(name: string, work: () => Promise<T>): Promise<T> {
  await using _ = await acquire(`\0image-audit-${checkoutHash}-${name}`);
  return await work();
}

async function acquire(path: string): Promise<AsyncDisposable> {
  for (;;) {
    const server = createServer();
    server.listen(path);
    try {
      await once(server, "listening");
      return server;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      await sleep(100);
    }
  }
}
