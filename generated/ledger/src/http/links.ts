/** An address with an escape for whatever callers wrote into it that no URI may have (RFC 3986). */
export function uriOf(address: string): string {
  return address.replaceAll(/%(?![\da-f]{2})|[^\w\-.~:/?#@!$&'()*+,;=%]/gi, encodeURIComponent);
}
