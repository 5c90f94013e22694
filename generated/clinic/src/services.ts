/**
 * The collaborators that business logic may call: after a commit, and in operations before their transaction.
 * This file is yours: add an interface for each, and build them in extensions.ts.
 */
export interface Services {}
