/** The request model in words: docs/request-model.md and `--explain-model` are printed from these rows. */
export const requestModel: readonly { readonly part: string; readonly assumed: string }[] = [
  {
    part: 'path',
    assumed:
      'absolute, without query and fragment, **normalised**: no dot segments, unreserved characters not percent-encoded, backslashes as slashes. Doubled slashes and `%2F` stay as they are. This is what Istio does by default before it matches',
  },
  {
    part: 'method',
    assumed:
      'one verb, compared with letter case. Targets know GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE and PATCH; a condition that other verbs meet too is refused',
  },
  {
    part: 'host',
    assumed:
      'the name without the port and without a trailing dot, compared in lower case; a Host header takes the place of the name in the URL. The virtual host with the exact name takes the request, else the longest wildcard, else the one for any host. There is no fall-through to another virtual host when no rule matches; Gateway API leaves this open, and `gateway-api/host-without-fall-through` says where it matters',
  },
  {
    part: 'port',
    assumed:
      'the one that is dialled: `--port`, else that of the URL, else 80 for http and 443 for https. It chooses the listener, never a rule',
  },
  {
    part: 'headers',
    assumed:
      'names without letter case, values with it. A header sent several times counts as one value joined with commas. No value holds a control character, the long s or the Kelvin sign, which RE2 takes for s and k where letter case does not count',
  },
  {
    part: 'query',
    assumed:
      'the first value of each parameter, as sent, not percent-decoded; `?k` has the empty value; names with letter case',
  },
  {
    part: 'client',
    assumed:
      'comes from outside, through a gateway; with `--from-ns` it is a pod of the mesh in that namespace. Istio goes by the Host header there, a route that is bound to a Service by the name in the URL. A Service has the names `name` (in its own namespace), `name.ns`, `name.ns.svc` and the full one',
  },
  {
    part: 'Services',
    assumed:
      'one that is not in the input is taken to exist. Where the input holds the Namespace itself and other Services of it, it is taken to be missing: status 503 in Istio, 500 in Gateway API',
  },
  { part: 'no rule matches', assumed: "the virtual host's own answer, 404 in all sources so far" },
];
