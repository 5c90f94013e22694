import manifest from "../../package.json" with { type: "json" };

/** Exact versions of packages by name. */
export type Versions = Readonly<Record<string, string>>;

/** What this package itself is built and tested with; generated packages depend on the same, so that both work offline. */
export const pinnedVersions: Versions = { ...manifest.dependencies, ...manifest.devDependencies };
