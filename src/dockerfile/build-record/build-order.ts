/** What the order of a build is told by: a step, and what it is made from. */
export interface OrderedStep {
  readonly id: string;
  /** `<id>:<output>` of other steps */
  readonly inputs: readonly string[];
  /** it runs something that others can reach while it runs */
  readonly isReachable: boolean;
}

/** Commands. No honest build has as many, and a question of each about all others takes long. */
const most = 1000;

/**
 * Which steps run alone: every other command that can be reached is done before the step begins, or begins when it is
 * done. All others may run at the same time, and talk to it: BuildKit's commands share a network, be it the bridge of an
 * engine or the one that a builder's container has.
 */
export function stepsAlone(steps: readonly OrderedStep[]): ReadonlySet<string> {
  const reachable = steps.filter(({ isReachable }) => isReachable).map(({ id }) => id);
  if (reachable.length > most) return new Set();
  const inputs = new Map(steps.map(({ id, inputs }) => [id, inputs.map(stepOf)]));
  const users = new Map<string, string[]>(steps.map(({ id }) => [id, []]));
  for (const [id, used] of inputs) for (const input of used) users.get(input)?.push(id);
  return new Set(
    reachable.filter((id) => {
      const ordered = new Set([...allFrom(id, inputs), ...allFrom(id, users)]);
      return reachable.every((other) => ordered.has(other));
    }),
  );
}

function stepOf(input: string): string {
  return input.replace(/:[0-9]+$/, "");
}

/** A step, and all that is led to from it. */
function allFrom(id: string, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([id]);
  for (const step of found) for (const other of next.get(step) ?? []) found.add(other);
  return found;
}
