/**
 * Runs work as a user who owns none of the test's files, since root can open all. Returns its result or its
 * error.
 */
export async function asOtherUser(work: () => Promise<unknown>): Promise<unknown> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    return await work().catch((error) => error);
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
