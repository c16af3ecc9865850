/** A build step and the steps that it depends on, which decide its order. */
export interface OrderedStep {
  readonly id: string;
  /** `<id>:<output>` of other steps */
  readonly inputs: readonly string[];
  /** whether it runs something that other steps can reach meanwhile */
  readonly isReachable: boolean;
}

/** No legitimate build has so many commands. Comparing each with all others takes long. */
const maxCommands = 1000;

/**
 * Returns the steps that run alone: every other reachable command ends before the step begins, or begins
 * after it ends. Steps that do not run alone may run concurrently and talk to each other. BuildKit's commands
 * share a network, either an engine's bridge or that of the builder's container.
 */
export function stepsAlone(steps: readonly OrderedStep[]): ReadonlySet<string> {
  const reachable = steps.filter(({ isReachable }) => isReachable).map(({ id }) => id);
  if (reachable.length > maxCommands) return new Set();
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

/** Returns a step and everything that can be reached from it. */
function allFrom(id: string, next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([id]);
  for (const step of found) for (const neighbour of next.get(step) ?? []) found.add(neighbour);
  return found;
}
