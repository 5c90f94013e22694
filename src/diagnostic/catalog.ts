import type { Diagnostic, Place } from "./diagnostic.ts";

/** What `docs` and `scaffold explain` say about a code, whatever the case at hand was. */
interface CatalogEntry {
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
}

/** Every diagnostic that a user can meet, by code. A code is `area/what`, and never changes its meaning. */
export const catalog = {
  "document/not-found": {
    title: "The document cannot be read",
    cause: "There is no such file, it is a folder, or it may not be read.",
    fix: "Check the path; it is relative to the folder that the command is run in.",
  },
  "document/not-yaml": {
    title: "The document is neither YAML nor JSON",
    cause: "The text does not parse, so nothing in it can be used.",
    fix: "Correct the syntax at the place shown.",
  },
  "document/not-openapi": {
    title: "The document is not an OpenAPI document",
    cause: 'It has neither "openapi" nor "swagger" with a version, or it is not a mapping.',
    fix: 'Point at an OpenAPI document, or add a line such as "openapi: 3.1.0".',
  },
  "document/unsupported-version": {
    title: "The version of OpenAPI is not supported",
    cause: "Versions 2.0, 3.0 and 3.1 are supported, and of 3.2 what it shares with 3.1.",
    fix: "Write the document in a supported version.",
  },
  "document/invalid": {
    title: "The document breaks the OpenAPI specification",
    cause: "A member is missing, unknown, or of another type than the specification's schema says.",
    fix: "Correct the member at the place shown.",
  },
  "document/duplicate-key": {
    title: "A key is written twice",
    cause: "YAML forbids a key twice in one mapping; the last one wins.",
    fix: "Remove one of the two.",
  },
  "reference/not-found": {
    title: "A reference points at nothing",
    cause: "The place that $ref names does not exist in its file.",
    fix: "Correct the reference, or add what it names.",
  },
  "reference/file-not-found": {
    title: "A reference points at a file that cannot be read",
    cause: "The file that $ref names does not exist, does not parse, or may not be read.",
    fix: "Correct the path; it is relative to the file that holds the reference.",
  },
  "reference/not-local": {
    title: "A reference leaves the machine or the workspace",
    cause: "References over the network, or to files outside the workspace, are not followed.",
    fix: "Copy the file into the workspace and refer to it there.",
  },
  "reference/circular": {
    title: "A reference leads to itself",
    cause: "Following $ref from one place to the next comes back without reaching a schema.",
    fix: "Give one of the places a schema of its own.",
  },
  "parameter/undeclared": {
    title: "A path parameter is not declared",
    cause: "The path has a {name} that no parameter describes.",
    fix: 'Add a parameter with that name, "in: path" and "required: true".',
  },
  "parameter/not-in-path": {
    title: "A path parameter is not in the path",
    cause: "A parameter is declared for the path, but the path has no {name} for it.",
    fix: "Add it to the path, or remove the parameter.",
  },
  "parameter/duplicate": {
    title: "A parameter is declared twice",
    cause: "Two parameters of one operation have the same name and the same place.",
    fix: "Remove one of them.",
  },
  "operation/duplicate-id": {
    title: "Two operations share an operationId",
    cause: "operationId must be unique in a document.",
    fix: "Rename one of them.",
  },
  "operation/no-responses": {
    title: "An operation documents no response",
    cause: 'The member "responses" is missing or empty.',
    fix: "Add at least the response of the success.",
  },
  "media/unsupported": {
    title: "A media type is not supported",
    cause: "No media type of the body is JSON, a form, text or binary.",
    fix: "Offer application/json beside it.",
  },
  "entity/none": {
    title: "No entity was found",
    cause: "No path of the document reads or writes a resource that could be stored.",
    fix: "Annotate a schema with x-entity, or check that the document has paths.",
  },
  "name/collision": {
    title: "Two names become the same",
    cause: "Names that differ in the document are equal once they are written as identifiers.",
    fix: "Rename one of them, or name its table or column in an annotation.",
  },
  "relation/required-cycle": {
    title: "Two entities require each other",
    cause: "Neither row can be inserted before the other.",
    fix: "Make one of the two members optional.",
  },
  "relation/unresolved": {
    title: "A relation could not be resolved",
    cause: "A member looks like a key of another entity, but which one is not certain.",
    fix: "Say it with x-field: { references: … }.",
  },
  "field/guessed": {
    title: "The type of a field is a guess",
    cause: "The document does not say enough about the member.",
    fix: "Add a type and a format, or annotate it with x-field.",
  },
  "security/unsupported": {
    title: "A security scheme is not supported",
    cause: "The scheme is not one that the service can check by itself.",
    fix: "Check it in src/extensions.ts, or declare a scheme of another type.",
  },
  "annotation/invalid": {
    title: "An annotation is not understood",
    cause: "An x- annotation has an unknown member or a value of the wrong type.",
    fix: "Write it as docs/annotations.md has it.",
  },
  "schema/invalid": {
    title: "A part of a schema is not what it should be",
    cause: "A keyword has a value of the wrong type, or stands where it has no meaning.",
    fix: "Correct the keyword at the place shown.",
  },
  "schema/unsupported": {
    title: "A part of a schema is not supported",
    cause: "A keyword is valid, but nothing is generated for it.",
    fix: "Say the same with other keywords, or check it in a rule.",
  },
  "pattern/invalid": {
    title: "A pattern is not a regular expression",
    cause: "Patterns are ECMA-262 regular expressions; this one does not compile.",
    fix: "Correct the pattern.",
  },
  "pattern/unbounded": {
    title: "A pattern can take time without bound",
    cause:
      "With each character of some texts the time for matching doubles, and an engine without backtracking cannot match the pattern, because it looks around or refers back.",
    fix: "Put no repetition inside of a repetition, and no alternatives that begin alike.",
  },
  "default/invalid": {
    title: "A default breaks its own schema",
    cause: "The default value is not valid against the schema that it stands in.",
    fix: "Correct the default or the schema.",
  },
  "specification/invalid": {
    title: "An entity specification is not understood",
    cause: "A member is unknown, is missing, or has a value that it cannot have.",
    fix: "Correct it; docs/entities.md has every member.",
  },
  "specification/unknown-type": {
    title: "A field has a type that is not known",
    cause: "The first word of a field is its type, or a | b | c for a choice; words that narrow it follow.",
    fix: "Write a known type.",
  },
  "specification/unknown-entity": {
    title: "A relationship names an entity that is not there",
    cause: "The entity has another name, or is not in the file.",
    fix: "Correct the name, or add the entity.",
  },
  "specification/duplicate-name": {
    title: "A name is given twice",
    cause: "Entities of a file, and the fields and relationships of an entity, have names of their own.",
    fix: "Rename one of them.",
  },
  "overlay/invalid": {
    title: "An overlay cannot be applied",
    cause: "It is not an OpenAPI Overlay 1.0 document, or one of its actions is not understood.",
    fix: "Correct the overlay at the place shown.",
  },
  "overlay/no-match": {
    title: "An overlay action matches nothing",
    cause: "Its target selects no node of the document.",
    fix: "Correct the target, or remove the action.",
  },
  "overlay/other-document": {
    title: "An overlay is made for another document",
    cause: 'Its "extends" names a file that is not the document that it is applied to.',
    fix: 'Correct "extends", which is relative to the overlay, or apply the overlay to its document.',
  },
  "config/unreadable": {
    title: "The config cannot be read",
    cause: "The file does not parse, or throws when it is loaded.",
    fix: "Correct the file at the place shown.",
  },
  "config/invalid": {
    title: "The config has an option that is not understood",
    cause: "An option is unknown, or has a value that it cannot have.",
    fix: "Correct the option; defineConfig lets the editor complete it.",
  },
  "output/outside-workspace": {
    title: "The output folder is outside the workspace",
    cause: "Files are written below the root of the git repository, else of the nearest package, and nowhere else.",
    fix: "Choose a folder inside the workspace: the git repository, else the nearest folder with a package.json.",
  },
  "output/not-ours": {
    title: "The output folder holds files that were not generated",
    cause: "The folder is not empty and has no manifest.",
    fix: "Choose another folder, or empty this one.",
  },
  "output/busy": {
    title: "Another run is at work on the output folder",
    cause: "Two runs at once would undo each other's work.",
    fix: "Wait until the other run has ended.",
  },
  "output/not-writable": {
    title: "The output cannot be written",
    cause: "The disk is full, or somebody else may write there and we may not.",
    fix: "Make room, or change who may write there, and run again.",
  },
  "output/conflict": {
    title: "A file was changed by hand and by the document",
    cause: "Both changed the same lines since the last run.",
    fix: "Resolve the conflict markers, then run again.",
  },
  "output/orphan": {
    title: "A file that was edited has no place any more",
    cause: "The document no longer calls for it, and it is not as it was written, so it is left where it is.",
    fix: "Delete it, or move what is needed of it into a file of your own.",
  },
  "migration/unsafe": {
    title: "A migration could lose data",
    cause: "The change of the tables is not additive.",
    fix: "Change the document so that the change is additive, or write the migration by hand.",
  },
  "migration/failed": {
    title: "A migration could not be made",
    cause: "A module of tables could not be loaded, or its tables not be compared with the last snapshot.",
    fix: "Correct the code at the place shown; if nobody edited it, report it.",
  },
  "history/invalid": {
    title: "The history of migrations is not understood",
    cause:
      "migrations/ lacks a file that its journal names, or one of them has a form that this version does not know.",
    fix: "Restore migrations/ from version control.",
  },
  "explain/unknown-subject": {
    title: "There is nothing of that name to explain",
    cause: "The subject is no entity, no field of one, and no operation of the document.",
    fix: 'Write an entity, a field as Entity.field, or an operation as "METHOD /path".',
  },
  "verify/types": {
    title: "The generated service does not type-check",
    cause: "Generated or merged code has a type error.",
    fix: "Correct the code at the place shown; if nobody edited it, report it.",
  },
  "verify/lint": {
    title: "The generated service has lint findings",
    cause: "Generated or merged code breaks one of the committed rules.",
    fix: "Correct the code at the place shown; if nobody edited it, report it.",
  },
  "verify/tests": {
    title: "A generated test fails",
    cause: "The service does not do what the document promises.",
    fix: "Read the test; it names the promise and its place in the document.",
  },
  "cel/invalid": {
    title: "A rule in CEL is not compiled",
    cause: "The expression does not parse, names what is not there, or asks for more than can be compiled.",
    fix: "Correct it as docs/cel.md has it, or state the rule in words.",
  },
  "check/drift": {
    title: "The output is not in step",
    cause: "What is on disk is not what the document, the config and the lock make.",
    fix: "Run scaffold crud, look at what it changes, and commit it.",
  },
  "slot/differs": {
    title: "The lock and a logic file disagree",
    cause: "One of them was edited without the other.",
    fix: "Look at both; scaffold crud takes over what is in the logic file.",
  },
  "slot/refused": {
    title: "A body does not pass",
    cause: "What the lock says of a body does not hold: it breaks the rules for a model's bodies, or an example.",
    fix: "Look at who changed the lock, and at the body; write it anew, or have it filled again.",
  },
  "slot/reaches-out": {
    title: "A body reaches out",
    cause: "It uses a module, the process, or what makes code. A person's body may; a reviewer should have seen it.",
    fix: "Leave it, if it is meant to.",
  },
  "slot/stale": {
    title: "A body is older than its contract",
    cause: "The rule, its examples or its types changed after the body was accepted.",
    fix: "Read the body beside the rule; change it, or accept it with scaffold slots --accept.",
  },
  "slot/open": {
    title: "A slot is open",
    cause: "Nobody has written its body.",
    fix: "Write it in the logic file, or run scaffold fill.",
  },
  "slot/parked": {
    title: "A body has no place any more",
    cause: "The slot that it filled left the document.",
    fix: "Move the body to another slot, or delete it from the lock.",
  },
  "slot/invalid-body": {
    title: "A body cannot be carried over",
    cause: "The logic file does not parse, or the body breaks the rules for bodies.",
    fix: "Correct the body at the place shown.",
  },
  "slot/not-filled": {
    title: "A slot is open still",
    cause: "No body that the model gave passed the gate; the fallback stays.",
    fix: "Write the body yourself, or say the rule more plainly and add an example.",
  },
  "slot/weak-examples": {
    title: "The examples do not tell a body from a mistake in it",
    cause: "A body was kept; with the mistake that is shown, all examples would hold as well.",
    fix: "Where the mistake would break the rule, add an example that shows it; else leave it as it is.",
  },
  "slot/escape": {
    title: "A candidate tried to get out",
    cause: "What the model gave reached for something outside of its contract; it was refused, and did not run.",
    fix: "Look at where the document's texts come from, and at the model.",
  },
  "slot/unknown": {
    title: "There is no such slot",
    cause: "The document has no slot of that id.",
    fix: "Type one that `scaffold slots` lists.",
  },
  "model/no-price": {
    title: "A budget in dollars needs a price",
    cause: "Prices change, so none is built in.",
    fix: "Add price: { input, output } to the model in the config, in dollars for a million tokens.",
  },
  "lock/invalid": {
    title: "The lock file is not understood",
    cause: "scaffold.lock.json does not parse, or has a form that this version does not know.",
    fix: "Restore it from version control.",
  },
  "manifest/invalid": {
    title: "The manifest is not understood",
    cause: ".scaffold/manifest.json does not parse, or has a form that this version does not know.",
    fix: "Restore it from version control.",
  },
} as const satisfies Readonly<Record<string, CatalogEntry>>;

export type DiagnosticCode = keyof typeof catalog;

/** What a diagnostic says about the case at hand; `fix` is the catalogue's where it is left out. */
export interface Finding {
  readonly place?: Place | undefined;
  readonly saw: string;
  readonly fix?: string | undefined;
}

/** Something is broken or unsupported in one place; the run goes on without it. */
export function warning(code: DiagnosticCode, finding: Finding): Diagnostic {
  return diagnostic(code, "warning", finding);
}

/** Nothing can be done until this is fixed; the line stops after the stage that reports it. */
export function error(code: DiagnosticCode, finding: Finding): Diagnostic {
  return diagnostic(code, "error", finding);
}

function diagnostic(code: DiagnosticCode, severity: Diagnostic["severity"], { place, saw, fix }: Finding): Diagnostic {
  return { code, severity, ...(place && { place }), saw, fix: fix ?? catalog[code].fix };
}
