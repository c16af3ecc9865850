import { type Exception, isInForce } from "../exception.ts";
import { type Policy, policyOf } from "../policy.ts";
import type { PolicySource } from "../source.ts";
import type { PolicyFile } from "./policy-file.ts";
import type { Settings } from "./settings.ts";

/** A policy file with the file that it extends. */
export interface PolicyChain {
  readonly source: PolicySource;
  readonly file: PolicyFile;
  readonly extended: { readonly source: PolicySource; readonly file: PolicyFile } | null;
}

/**
 * Returns what a chain asks of an image, the extended file's policy first. The exceptions of each file are for that
 * file's settings alone, so no repository excepts itself from its organisation's policy.
 * @param today as YYYY-MM-DD
 */
export function policiesOf(
  { source, file, extended }: PolicyChain,
  image: string,
  today: string,
): readonly Policy[] {
  const links = [...(extended === null ? [] : [extended]), { source, file }];
  return links.map((link) => {
    const own = link.file.images.get(image)?.policy ?? new Map();
    const settings: Settings = new Map([...link.file.policy, ...own]);
    const texts = new Map([...settings].map(([key, { text }]) => [key, text]));
    const lines = new Map([...settings].map(([key, { line }]) => [key, line]));
    const exceptions = exceptionsFor(link.file, image).filter((each) => isInForce(each, today));
    return policyOf(texts, link.source, exceptions, lines);
  });
}

/** Returns every exception of a chain that is for an image, in force or not. */
export function exceptionsOf(chain: PolicyChain | null, image: string): readonly Exception[] {
  if (chain === null) return [];
  const { file, extended } = chain;
  return [...(extended === null ? [] : exceptionsFor(extended.file, image)), ...exceptionsFor(file, image)];
}

function exceptionsFor({ exceptions }: PolicyFile, image: string): readonly Exception[] {
  return exceptions.filter((exception) => exception.image === null || exception.image === image);
}
