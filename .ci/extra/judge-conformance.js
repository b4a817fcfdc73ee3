// Compares what `trace -o json` answers with a conformance case, by the conventions of the suite.

const WELL_KNOWN = { 'http:': '80', 'https:': '443' };

/** What is wrong with an answer, a phrase each; `weights` are the shares where a case names no backend. */
export function judge(expected, request, answer, weights) {
  const { Response = {}, RedirectRequest, Backend = '', Namespace = '' } = expected;
  const statuses = Response.StatusCodes ?? [Response.StatusCode ?? 200];
  const { outcome } = answer;
  const met = JSON.stringify(outcome);
  if (answer.others !== undefined) return [`gateways answer differently: ${met}, ${JSON.stringify(answer.others)}`];
  if (outcome.redirect !== undefined) {
    if (!statuses.includes(outcome.redirect.status)) return [`status ${statuses} expected, met ${met}`];
    return RedirectRequest === undefined ? [] : judgeRedirect(RedirectRequest, request, outcome.redirect.location);
  }
  if (outcome.status !== undefined)
    return statuses.includes(outcome.status) ? [] : [`${statuses} expected, met ${met}`];
  // A preflight that goes on to the backend is answered by it.
  const status = slowAnswer(request, answer) ? 504 : 200;
  if (!statuses.includes(status)) return [`${statuses} expected, met ${met}`];
  const isOther = ({ name }) => !name.startsWith(Backend === '' ? `${Namespace}/` : `${Namespace}/${Backend}:`);
  if (Namespace !== '' && outcome.backends.some(isOther)) return [`${Namespace}/${Backend} expected, met ${met}`];
  const shares = outcome.backends.map(({ name, fraction }) => {
    const [part, whole] = fraction.split('/');
    return `${name.replace(/^.*\/|:\d+$/g, '')} ${part / whole}`;
  });
  if (Backend === '' && weights.length > 0 && shares.sort().join() !== weights.join())
    return [`${weights} expected, met ${met}`];
  return [
    ...judgeUpstream(expected, answer.upstream),
    ...judgeResponse(expected, answer.extras),
    ...(expected.MirroredTo ?? []).flatMap(({ BackendRef: { Namespace: namespace, Name } }) =>
      answer.extras.some((line) => line.startsWith(`mirrored to ${namespace}/${Name}:`))
        ? []
        : [`no mirror to ${Name}`],
    ),
  ];
}

/** The backend of the suite waits as long as `delay` asks for. */
function slowAnswer({ url }, { extras }) {
  const delay = millis(new URL(url).searchParams.get('delay') ?? '0s');
  const limits = extras.flatMap((line) => /^timeout (?:of one try )?(\d+m?s)$/.exec(line)?.slice(1) ?? []);
  return limits.map(millis).some((limit) => limit > 0 && delay > limit);
}

const millis = (text) => Number.parseInt(text, 10) * (text.endsWith('ms') ? 1 : 1000);

/** Parts that the case leaves out are those of the request; the scheme's own port may stand or be left out. */
function judgeRedirect({ Scheme, Host, Port, Path }, request, location) {
  const sent = new URL(request.url);
  const { protocol, hostname, port, pathname } = new URL(location);
  const parts = [
    ['scheme', Scheme === undefined ? sent.protocol : `${Scheme}:`, protocol],
    ['host', Host ?? sent.hostname, hostname],
    ['path', Path ?? sent.pathname, pathname],
    ['port', Port ?? WELL_KNOWN[protocol], port === '' ? WELL_KNOWN[protocol] : port],
  ];
  return parts.flatMap(([what, want, met]) => (want === met ? [] : [`${what} ${want} expected in ${location}`]));
}

function judgeUpstream({ Request, ExpectedRequest = {} }, upstream) {
  const { Request: own = Request, AbsentHeaders = [] } = ExpectedRequest;
  const { Host, Headers } = own;
  const path = own.Path ?? Request.Path ?? '';
  const wrong = [];
  if (path !== '' && upstream.path !== path) wrong.push(`path ${path} expected upstream, met ${upstream.path}`);
  const host = Host ?? Request.Host ?? '';
  if (Request.Headers?.Host === undefined && host !== '' && upstream.host !== host) {
    wrong.push(`host ${host} expected upstream, met ${upstream.host}`);
  }
  for (const [name, value] of Object.entries(Headers ?? {})) {
    const met = name === 'Host' ? upstream.host : upstream.headers[name.toLowerCase()];
    if (met !== value) wrong.push(`header ${name}: ${value} expected upstream, met ${met}`);
  }
  for (const name of AbsentHeaders) {
    if (upstream.headers[name.toLowerCase()] !== undefined) wrong.push(`header ${name} goes upstream`);
  }
  return wrong;
}

/** The headers that the client gets: those of the backend, changed as the answer says. CORS headers are not printed. */
function judgeResponse({ BackendSetResponseHeaders = {}, Response = {} }, extras) {
  const headers = new Map(
    Object.entries(BackendSetResponseHeaders).map(([name, value]) => [name.toLowerCase(), value]),
  );
  for (const line of extras) {
    const [, verb, name, value] = /^response header (removed|set|added): ([^:]+)(?:: (.*))?$/.exec(line) ?? [];
    if (verb === 'removed') headers.delete(name);
    else if (verb === 'set') headers.set(name, value);
    else if (verb === 'added') headers.set(name, headers.has(name) ? `${headers.get(name)},${value}` : value);
  }
  const wrong = [];
  for (const [name, value] of Object.entries(Response.Headers ?? {})) {
    const met = headers.get(name.toLowerCase());
    if (!name.startsWith('access-control-') && met !== [value].flat().join(',')) {
      wrong.push(`response header ${name}: ${value} expected, met ${met}`);
    }
  }
  for (const name of Response.AbsentHeaders ?? []) {
    if (headers.has(name.toLowerCase())) wrong.push(`response header ${name} is there`);
  }
  return wrong;
}
