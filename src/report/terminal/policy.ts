import type { ListedSetting, PolicyListing } from "../../policy/listing.ts";
import { say } from "../../policy/sentence.ts";
import { nameOfSource } from "../../policy/source.ts";
import { acceptance, policyRemarks } from "../model/policy.ts";
import { inText } from "../text/sentence.ts";
import { adviceLines } from "./parts.ts";
import { type Looks, makePen, type Pen } from "./pen.ts";
import { inLines, section } from "./sections.ts";
import { padEnd, widthOf, wrap } from "./text-layout.ts";

/** Renders the policy of an image: each setting with where it comes from, and what is to know about it. */
export function renderPolicy(listing: PolicyListing, looks: Looks): string {
  const pen = makePen(looks);
  const { image, settings, unset, exceptions, remarks } = listing;
  const lines = [
    inText(say`Policy of ${image}`, pen.paint.bold),
    "",
    ...settingLines(settings, pen),
    ...(unset.length === 0
      ? []
      : ["", pen.paint.dim(`  ${wrap(`Not set: ${unset.join(", ")}`, pen.columns, 2, 2)}`)]),
    ...section(
      "Exceptions",
      adviceLines(
        exceptions.map((exception) => acceptance(exception)),
        pen,
      ),
      pen,
    ),
    ...section("To know", adviceLines(policyRemarks({ sources: [], remarks }), pen), pen),
  ];
  return inLines(lines);
}

function settingLines(settings: readonly ListedSetting[], pen: Pen): readonly string[] {
  const cells = settings.map(({ key, text, source, line }) => [
    key,
    inText(say`${text.replaceAll("\n", ", ")}`),
    `${inText(nameOfSource(source))}${line === null ? "" : `, line ${line}`}`,
  ]);
  const [keys = 0, texts = 0] = [0, 1].map((column) =>
    Math.min(40, Math.max(0, ...cells.map((row) => widthOf(row[column] ?? "")))),
  );
  return cells.map(([key = "", text = "", source = ""]) => {
    const start = `  ${padEnd(key, keys)}  ${pen.code(padEnd(text, texts))}  `;
    return `${start}${pen.paint.dim(source)}`;
  });
}
