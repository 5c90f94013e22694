import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Names and their secrets, as a variable of the environment lists them: `ada=secret,grace=another`. */
export interface Secrets {
  readonly isThrowAway: boolean;
  /** The names that have this secret. */
  namesOf(secret: string): readonly string[];
  /** A secret for this name, for development and tests. */
  issue(name: string): string;
}

/** Production needs the variable; elsewhere secrets are made up as they are asked for. */
export function openSecrets(environment: NodeJS.ProcessEnv, variable: string): Secrets {
  const text = environment[variable];
  if (text === undefined && environment.NODE_ENV === "production") {
    throw new Error(`${variable} is not set: a production service does not start without it.`);
  }
  const entries = (text ?? "").split(",").flatMap((pair) => entryOf(pair.trim()) ?? []);
  return {
    isThrowAway: text === undefined,
    namesOf(secret) {
      const given = digest(secret);
      return entries.filter((entry) => timingSafeEqual(entry.digest, given)).map(({ name }) => name);
    },
    issue(name) {
      const secret = randomBytes(24).toString("base64url");
      entries.push({ name, digest: digest(secret) });
      return secret;
    },
  };
}

function entryOf(pair: string): { name: string; digest: Buffer } | undefined {
  const at = pair.indexOf("=");
  return at < 1 ? undefined : { name: pair.slice(0, at), digest: digest(pair.slice(at + 1)) };
}

/** Of one length, so that comparing takes the same time for all. */
function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
