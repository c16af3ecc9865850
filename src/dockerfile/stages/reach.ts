import { Failure } from "../../failure.ts";
import { parseReference } from "../../oci/reference.ts";
import { type Dockerfile, parseTrigger, triggerExpression } from "../parse/dockerfile.ts";
import { quote, refuse } from "../parse/refuse.ts";
import { type Graph, type GraphNode, linkStep } from "./graph.ts";

/**
 * The nodes that the target needs. A stage runs the ONBUILD triggers of the stage that it is built from; these may need
 * more nodes, so this goes on until nothing is new.
 */
export function reachableNodes(graph: Graph, dockerfile: Dockerfile, target: number): ReadonlySet<number> {
  const triggered = new Set<number>();
  for (;;) {
    const reachable = closure(graph, target);
    refuseInvalidReferences(graph);
    let more = false;
    for (const index of reachable) {
      const node = graph.nodes[index];
      const parent = node?.parent ?? null;
      if (node === undefined || parent === null || triggered.has(index)) continue;
      triggered.add(index);
      const triggers =
        dockerfile.stages[parent]?.instructions.filter(({ keyword }) => keyword === "ONBUILD") ?? [];
      const steps = triggers.map((trigger) =>
        linkStep(graph, parseTrigger(triggerExpression(trigger), node.line)),
      );
      node.steps = [...steps, ...node.steps];
      more ||= steps.some(({ sources }) => sources.length > 0);
    }
    if (!more) return reachable;
  }
}

/** Refuses to copy or mount from a stage that is built later. Images and replaced stages are there from the start. */
export function refuseLaterSources(graph: Graph, reachable: ReadonlySet<number>): void {
  for (const node of graph.nodes) {
    if (!reachable.has(node.index) || isThereFromStart(node)) continue;
    for (const { instruction, sources } of node.steps) {
      for (const source of sources) {
        const from = graph.nodes[source.node];
        if (source.used && from !== undefined && from.index > node.index && !isThereFromStart(from)) {
          refuse(
            instruction.line,
            `${instruction.keyword} takes files from a stage that is built later (line ${from.line})`,
          );
        }
      }
    }
  }
}

/** A circle of copies and mounts; FROM cannot make one by itself. */
export function refuseCircle({ nodes }: Graph): void {
  const left = new Set<number>();
  const onPath = new Set<number>();
  for (const root of nodes) {
    const path = [{ node: root.index, rest: sourcesOf(root) }];
    if (left.has(root.index)) continue;
    onPath.add(root.index);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        onPath.delete(top.node);
        left.add(top.node);
        path.pop();
      } else if (onPath.has(next)) {
        refuse(nodes[top.node]?.line ?? 1, "the stages copy or mount from each other in a circle");
      } else if (!left.has(next)) {
        const node = nodes[next];
        onPath.add(next);
        path.push({ node: next, rest: node === undefined ? [] : sourcesOf(node) });
      }
    }
  }
}

function isThereFromStart({ declared, context }: GraphNode): boolean {
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

/** Bases of stages that nothing needs are checked too, as in BuildKit. */
function refuseInvalidReferences({ nodes }: Graph): void {
  for (const { base, parent, context, line } of nodes) {
    if (parent !== null || (base === "scratch" && context === null) || parseReference(base) !== null)
      continue;
    const hint =
      base.toLowerCase() === base ? "" : "; repository names are lower case, and so are stage names in FROM";
    throw new Failure(
      "dockerfile-invalid",
      `Dockerfile line ${line}: ${quote(base)} is no valid image reference${hint}.`,
    );
  }
}
