/** The text with its ASCII letters in lower case: what Envoy and VPC Lattice take for one letter case. */
export function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
