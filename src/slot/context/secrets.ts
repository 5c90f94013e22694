/** Files that hold secrets by their name, whatever git says of them. */
const secretNames: readonly RegExp[] = [
  /^\.env(?:\..*)?$/i,
  /^\.?(?:npmrc|netrc|pgpass|git-credentials|htpasswd|dockercfg|pypirc|yarnrc\.yml)$/i,
  /\.(?:pem|key|p12|pfx|jks|keystore|kdbx|asc|gpg|ppk|crt|cer|der|tfstate|tfvars|ovpn|age)$/i,
  /^id_(?:rsa|dsa|ecdsa|ed25519)(?:\.pub)?$/i,
  /(?:^|[._-])(?:secrets?|credentials?|passwords?|service[._-]?account)(?:[._-].*)?\.(?:json|ya?ml|toml|ini|txt|env|conf|cfg|properties)$/i,
  /^(?:\.aws|\.ssh|\.gnupg|\.kube|\.docker)$/i,
];

/** Texts that are secrets by their form. */
const secretTexts: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}\b/,
  /\bgithub_pat_[A-Za-z0-9_]{30,}\b/,
  /\bglpat-[A-Za-z0-9_-]{20,}\b/,
  /\bsk-[A-Za-z0-9_-]{20,}\b/,
  /\bxox[abposr]-[A-Za-z0-9-]{10,}\b/,
  /\bAIza[0-9A-Za-z_-]{35}\b/,
  /\bnpm_[A-Za-z0-9]{30,}\b/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\b/,
  /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqp|https?):\/\/[^\s:@/]+:[^\s:@/]{3,}@/,
  /\b(?:api[_-]?key|secret|token|passw(?:or)?d|client[_-]?secret|private[_-]?key)["']?\s*[:=]\s*["'][^"'\s]{12,}["']/i,
];

/** True for a path that no model may read, by any of its parts. */
export function isSecretPath(path: string): boolean {
  return path.split("/").some((part) => secretNames.some((pattern) => pattern.test(part)));
}

/** True for a text that holds what looks like a secret. */
export function holdsSecret(text: string): boolean {
  return secretTexts.some((pattern) => pattern.test(text));
}
