/** What a rule may be set to: how a setting is written, and which of two is stricter. */
export interface SettingType<Setting> {
  /**
   * Reads a setting as a workflow or the policy file writes it.
   * @param name of the input or key, for the message
   * @throws Failure `input-invalid`
   */
  parse(text: string, name: string): Setting;
  /** Reports whether a rule with `setting` fails wherever it fails with `other`. */
  isAsStrictAs(setting: Setting, other: Setting): boolean;
  /** how a policy file may write it besides as one text: `list` becomes lines, `map` lines of `key: value` */
  readonly form?: "list" | "map";
  /** the values of a policy file */
  readonly schema: JsonSchema;
}

/** A part of a JSON Schema (draft 2020-12). */
export type JsonSchema = { readonly [keyword: string]: unknown };
