/** Addresses of a VPC: those of RFC 1918 and of RFC 6598; public ones cannot be targets (User Guide, register targets). */
export function isPrivateIpv4(text: string): boolean {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return false;
  const [first = 0, second = 0] = parts;
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 100 && second >= 64 && second <= 127)
  );
}

/** An address as RFC 4291 writes it, without a zone and without dots. */
export function isIpv6(text: string): boolean {
  const [left = '', right, ...more] = text.split('::');
  const groups = [left, right ?? ''].flatMap((half) => (half === '' ? [] : half.split(':')));
  if (more.length > 0 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return right === undefined ? groups.length === 8 : groups.length <= 7;
}
