import { Failure } from "../../failure.ts";
import { parseReference } from "../../oci/reference.ts";
import type { Dockerfile } from "../parse/dockerfile.ts";
import { quote, refuse } from "../parse/refuse.ts";
import { type Graph, type GraphNode, linkStep } from "./graph.ts";
import { triggersOf } from "./triggers.ts";

/**
 * Returns the nodes that the target needs. A stage runs the ONBUILD triggers of the stage that it is built
 * from, and these may need more nodes. The search repeats until it finds no new ones.
 */
export function reachableNodes(graph: Graph, dockerfile: Dockerfile, target: number): ReadonlySet<number> {
  const triggered = new Set<number>();
  for (;;) {
    const reachable = closure(graph, target);
    refuseInvalidReferences(graph);
    let hasNew = false;
    for (const index of reachable) {
      const node = graph.nodes[index];
      const parent = node?.parent ?? null;
      if (node === undefined || parent === null || triggered.has(index)) continue;
      triggered.add(index);
      const triggers = triggersOf(dockerfile, parent, node.line);
      const steps = triggers.map((trigger) => linkStep(graph, trigger));
      node.steps = [...steps, ...node.steps];
      hasNew ||= steps.some(({ sources }) => sources.length > 0);
    }
    if (!hasNew) return reachable;
  }
}

/** Refuses a copy or mount from a later stage. Images and replaced stages exist from the start. */
export function refuseLaterSources(graph: Graph, reachable: ReadonlySet<number>): void {
  for (const node of graph.nodes) {
    if (!reachable.has(node.index) || existsFromStart(node)) continue;
    for (const { instruction, sources } of node.steps) {
      for (const source of sources) {
        const from = graph.nodes[source.node];
        if (source.used && from !== undefined && from.index > node.index && !existsFromStart(from)) {
          refuse(
            instruction.line,
            `${instruction.keyword} takes files from a stage that is built later (line ${from.line})`,
          );
        }
      }
    }
  }
}

/** Refuses stages that copy or mount from each other in a circle. FROM alone cannot make one. */
export function refuseCircle({ nodes }: Graph): void {
  const finished = new Set<number>();
  const onPath = new Set<number>();
  for (const root of nodes) {
    const path = [{ node: root.index, rest: sourcesOf(root) }];
    if (finished.has(root.index)) continue;
    onPath.add(root.index);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        onPath.delete(top.node);
        finished.add(top.node);
        path.pop();
      } else if (onPath.has(next)) {
        refuse(nodes[top.node]?.line ?? 1, "the stages copy or mount from each other in a circle");
      } else if (!finished.has(next)) {
        const node = nodes[next];
        onPath.add(next);
        path.push({ node: next, rest: node === undefined ? [] : sourcesOf(node) });
      }
    }
  }
}

function existsFromStart({ declared, context }: GraphNode): boolean {
  return !declared || context !== null;
}

function sourcesOf(node: GraphNode): number[] {
  return [...new Set(node.steps.flatMap(({ sources }) => sources.map((source) => source.node)))];
}

function closure({ nodes }: Graph, target: number): ReadonlySet<number> {
  const reachable = new Set<number>();
  const open = [target];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const node = nodes[index];
    if (node === undefined || reachable.has(index)) continue;
    reachable.add(index);
    if (node.parent !== null) open.push(node.parent);
    for (const source of sourcesOf(node)) open.push(source);
  }
  return reachable;
}

/** Refuses invalid references, as BuildKit does: also in stages that the target does not need. */
function refuseInvalidReferences({ nodes }: Graph): void {
  for (const { base, parent, context, line } of nodes) {
    if (parent !== null || (base === "scratch" && context === null) || parseReference(base) !== null)
      continue;
    const hint =
      base.toLowerCase() === base ? "" : "; repository names, and stage names in FROM, must be in lower case";
    throw new Failure(
      "dockerfile-invalid",
      `Dockerfile line ${line}: ${quote(base)} is not a valid image reference${hint}.`,
    );
  }
}
