/** What work ends with for a user whom no file of the test's belongs to: to root every file is open. */
export async function asOtherUser(work: () => Promise<unknown>): Promise<unknown> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    return await work().catch((error) => error);
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
