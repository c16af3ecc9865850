import { lower } from "../parse/blank.ts";
import type { Dockerfile } from "../parse/dockerfile.ts";
import { expandWord } from "../parse/expand.ts";
import { flagValues } from "../parse/flags.ts";
import type { Instruction } from "../parse/instruction.ts";
import { type MountSource, mountSource } from "../parse/mounts.ts";
import { quote, refuse } from "../parse/refuse.ts";
import { contextName, type NamedContext } from "./named-context.ts";

/** A declared stage, or an image that is copied or mounted from. BuildKit numbers both in one sequence. */
export interface GraphNode {
  readonly index: number;
  /** the image or stage in FROM, COPY --from or a mount, expanded */
  readonly base: string;
  /** the node of the stage that `base` names; null if it is an image */
  readonly parent: number | null;
  /** what a named context replaces the whole stage with; null if nothing */
  readonly context: string | null;
  readonly declared: boolean;
  /** line of FROM, or of the instruction that names the image */
  readonly line: number;
  /** the parent's ONBUILD triggers come first, once they are known to run */
  steps: readonly Step[];
}

/** An instruction and the nodes that must be built before it. */
interface Step {
  readonly instruction: Instruction;
  readonly sources: readonly Source[];
}

interface Source {
  readonly node: number;
  /** false for a mount without a source: it depends on scratch, but uses nothing from it */
  readonly used: boolean;
}

/** The declared stages and what an instruction may name. Linking adds nodes. */
export interface Graph {
  readonly nodes: GraphNode[];
  /**
   * nodes by the number in `COPY --from=2`: the stages, then an image each time that a new name or a number
   * refers to it
   */
  readonly numbered: number[];
  /** the last stage of each name */
  readonly byName: Map<string, number>;
}

/** Adds a node for each stage, in order. FROM sees only earlier stages, by names in lower case. */
export function declareStages(
  dockerfile: Dockerfile,
  bases: readonly string[],
  context: NamedContext,
): Graph {
  const graph: Graph = { nodes: [], numbered: [], byName: new Map() };
  for (const [index, stage] of dockerfile.stages.entries()) {
    const { name, from } = stage;
    if (name !== null && !["scratch", "context"].includes(name) && contextName(name) === null) {
      refuse(from.line, `${quote(name)} cannot name a stage: it is not a valid context name`);
    }
    const replaced = name === null ? null : context(name);
    addNode(graph, { base: bases[index] ?? "", context: replaced, declared: true, line: from.line });
    if (name !== null) graph.byName.set(name, index);
  }
  return graph;
}

/** Links every stage's instructions to nodes, in order: each image that is named takes the next number. */
export function linkStages(graph: Graph, dockerfile: Dockerfile): void {
  for (const [index, stage] of dockerfile.stages.entries()) {
    const node = graph.nodes[index];
    if (node !== undefined)
      node.steps = stage.instructions.map((instruction) => linkStep(graph, instruction));
  }
}

/** Finds the nodes that an instruction needs. An image that it names gets a node of its own. */
export function linkStep(graph: Graph, instruction: Instruction): Step {
  const { keyword, flags, line } = instruction;
  if (keyword === "RUN") {
    const mounts = flagValues(flags, "mount").map((mount) => mountSource(mount, line));
    // All names are looked up before any image takes a number.
    const known = mounts.map(({ from }) => graph.byName.get(lower(from ?? "scratch")));
    return {
      instruction,
      sources: mounts.map((mount, index) => mountedNode(graph, mount, known[index], line)),
    };
  }
  const from = keyword === "COPY" ? flagValues(flags, "from")[0] || null : null;
  return {
    instruction,
    sources: from === null ? [] : [{ node: copiedNode(graph, from, instruction), used: true }],
  };
}

function addNode(graph: Graph, node: Pick<GraphNode, "base" | "context" | "declared" | "line">): number {
  const index = graph.nodes.length;
  const parent = node.context === null ? (graph.byName.get(node.base) ?? null) : null;
  graph.nodes.push({ ...node, index, parent, steps: [] });
  graph.numbered.push(index);
  return index;
}

function mountedNode(graph: Graph, mount: MountSource, known: number | undefined, line: number): Source {
  const base = mount.from ?? "scratch";
  const node = known ?? addNode(graph, { base, context: null, declared: false, line });
  return { node, used: mount.from !== null || mount.cache };
}

function copiedNode(graph: Graph, from: string, { line, escapeToken }: Instruction): number {
  if (expandWord(from, new Map(), { escapeToken, line }) !== from) {
    refuse(line, "variables are not expanded in COPY --from; name a stage with FROM and use that name");
  }
  const number = copiedNumber(from);
  if (number !== null) return numberedNode(graph, number, line);
  return (
    graph.byName.get(lower(from)) ?? addNode(graph, { base: from, context: null, declared: false, line })
  );
}

/** Reads a number in COPY --from as Go's strconv.Atoi. Returns null for a name, also one of too many digits. */
export function copiedNumber(from: string): number | null {
  const number = /^[+-]?[0-9]+$/.test(from) ? BigInt(from.replace(/^\+/, "")) : null;
  return number !== null && number === BigInt.asIntN(64, number) ? Number(number) : null;
}

/** Finds a node by its number. An image that is referred to by number is counted once more. */
function numberedNode({ nodes, numbered }: Graph, number: number, line: number): number {
  const node = numbered[number];
  if (node === undefined) refuse(line, `there is no stage ${number} to copy from`);
  if (nodes[node]?.declared === false) numbered.push(node);
  return node;
}
