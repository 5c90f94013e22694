import type { Diagnostic, Place } from "./diagnostic.ts";

/** How parts of a diagnostic are coloured; the caller knows whether the terminal has colours. */
export interface Painter {
  error(text: string): string;
  warning(text: string): string;
  /** For what is read last: the pointer. */
  faint(text: string): string;
}

const plainPainter: Painter = { error: (text) => text, warning: (text) => text, faint: (text) => text };

/** Wide enough for the longest code of the catalogue, so that places line up from one diagnostic to the next. */
const codeWidth = 29;

/** Diagnostics as a terminal shows them, one after the other with an empty line between, without a final newline. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], painter: Painter = plainPainter): string {
  return diagnostics.map((diagnostic) => printDiagnostic(diagnostic, painter)).join("\n\n");
}

function printDiagnostic({ code, severity, place, saw, fix }: Diagnostic, painter: Painter): string {
  const head = `${painter[severity](severity.padEnd(9))}${code.padEnd(codeWidth)}${printPlace(place, painter)}`;
  return [head.trimEnd(), `  ${printable(saw)}`, `  Fix: ${printable(goesOn(fix))}`].join("\n");
}

/** A sentence as it goes on after a colon. Names and acronyms keep their case. */
function goesOn(sentence: string): string {
  return sentence.replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase());
}

function printPlace(place: Place | undefined, painter: Painter): string {
  if (place === undefined) return "";
  const { file, line, column, pointer } = place;
  const position = [file, line, column].filter((part) => part !== undefined).join(":");
  return printable(position) + (pointer === undefined ? "" : painter.faint(`  ${printable(pointer)}`));
}

/** Text of a document may hold terminal sequences; control, format and separator characters are shown as escapes. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    if (character === "\n") return " ";
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
