import Handlebars from "handlebars";

/** Template sources by name: `entity/routes`, `partials/header`. */
export type TemplateSources = Readonly<Record<string, string>>;

/** Prints one template with its view. Throws where the template reads what the view lacks: a bug of ours. */
export type Printer = (template: string, view: object) => string;

type Helper = Handlebars.HelperDelegate;

/** Templates hold nothing but loops and choices over a flat view (STYLE: templates look like what they print). */
const options = { noEscape: true, strict: true, knownHelpersOnly: true, preventIndent: true } as const;

/**
 * Compiles lazily, once per template. Handlebars' strict mode still lets `{{#if missing}}` and `{{#each missing}}` pass
 * in silence, so the four block helpers are registered again, and throw on `undefined`.
 */
export function templatePrinter(sources: TemplateSources): Printer {
  const handlebars = Handlebars.create();
  for (const name of ["if", "unless", "each", "with"]) guardHelper(handlebars, name);
  for (const [name, source] of Object.entries(sources)) {
    if (name.startsWith("partials/")) handlebars.registerPartial(name.slice("partials/".length), source);
  }
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  return (template, view) => {
    let print = compiled.get(template);
    if (print === undefined) {
      const source = sources[template];
      if (source === undefined) throw new Error(`There is no template "${template}".`);
      print = handlebars.compile(source, options);
      compiled.set(template, print);
    }
    return print(view);
  };
}

function guardHelper(handlebars: typeof Handlebars, name: string): void {
  const original = handlebars.helpers[name] as Helper;
  handlebars.registerHelper(name, function guarded(this: unknown, ...args: unknown[]) {
    if (args[0] === undefined) throw new Error(`{{#${name}}} was given a value that the view lacks.`);
    return Reflect.apply(original, this, args) as unknown;
  });
}
