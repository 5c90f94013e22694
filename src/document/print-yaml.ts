import { stringify } from "yaml";

/** A value as YAML 1.2 that people will edit: lines of up to 120 columns, and no anchors. */
export function printYaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 120 });
}
