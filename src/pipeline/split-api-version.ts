/** `networking.istio.io/v1` → group and version; the core group is empty. */
export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const cut = apiVersion.indexOf('/');
  return { group: cut < 0 ? '' : apiVersion.slice(0, cut), version: apiVersion.slice(cut + 1) };
}
