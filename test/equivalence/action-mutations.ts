import { type Edit, onRule } from './edit-lists.ts';
import type { Forward, Redirect, Respond, Share } from './lists.ts';
import { onAction, otherEdits, otherRewrite } from './other-actions.ts';
import { BACKENDS } from './vocabulary.ts';

/** Changes of what one rule does. */

const changeBackend = onAction('forward', (action, random) => {
  const at = random.below(action.shares.length);
  const shares = action.shares.map((share, index) =>
    index === at && 'backend' in share
      ? { ...share, backend: BACKENDS.find((name) => name !== share.backend) ?? 'one' }
      : share,
  );
  return { ...action, shares };
});

const changeWeight = onAction('forward', (action, random) => {
  const [first, ...others] = action.shares;
  if (first === undefined) return undefined;
  if (others.length > 0 && random.happens(0.4)) return { ...action, shares: others };
  if (others.length === 0) return { ...action, shares: [first, { backend: 'three', weight: 1 }] };
  return { ...action, shares: [{ ...first, weight: first.weight + 1 }, ...others] };
});

/** The edits of one share, or no backend in its place. */
const changeShare = onAction('forward', (action, random) => {
  const at = random.below(action.shares.length);
  const shares = action.shares.map((share, index): Share => {
    if (index !== at) return share;
    if ('status' in share) return { ...share, status: share.status === 500 ? 503 : 500 };
    if (random.happens(0.3)) return { status: 500, weight: share.weight };
    return { ...share, request: otherEdits(share.request ?? {}, random) };
  });
  return { ...action, shares };
});

const changeRewrite = onAction('forward', (action, random, prefix) => {
  const { rewrite, ...others } = action;
  const changed = otherRewrite(rewrite, random, prefix);
  return changed === undefined ? others : { ...others, rewrite: changed };
});

const changeHost = onAction('forward', (action) => ({
  ...action,
  host: action.host === 'in.test' ? 'of.test' : 'in.test',
}));

const changeRequestHeaders = onAction('forward', (action, random) => ({
  ...action,
  request: otherEdits(action.request ?? {}, random),
}));

const changeResponseHeaders = onRule((rule, random) => [
  { ...rule, action: { ...rule.action, response: otherEdits(rule.action.response ?? {}, random) } },
]);

/** One part given where it was absent, and changed or left out where it was there. */
const changePart = <Part extends 'timeout' | 'backendTimeout' | 'retry' | 'mirrors' | 'fault' | 'session' | 'cors'>(
  part: Part,
  given: Forward[Part],
  changed: Forward[Part],
): Edit =>
  onAction('forward', (action, random) => {
    const { [part]: before, ...others } = action;
    const rest = others as Forward;
    if (before === undefined) return { ...rest, [part]: given };
    return random.happens(0.5) ? rest : { ...rest, [part]: changed };
  });

const changeRedirect = onAction('redirect', (action, random): Redirect => {
  const { path, scheme, host, ...others } = action;
  switch (random.below(5)) {
    case 0:
      return { ...action, status: action.status === 301 ? 308 : 301 };
    case 1:
      return { ...action, port: action.port === 8443 ? 9443 : 8443 };
    case 2:
      return { ...action, host: host === 'to.test' ? 'at.test' : 'to.test' };
    case 3: {
      const changed = path === undefined ? others : { ...others, path };
      const kept = host === undefined ? changed : { ...changed, host };
      return scheme === undefined ? { ...kept, scheme: 'https' } : kept;
    }
    default:
      return { ...action, path: { kind: 'full', path: '/c' } };
  }
});

const changeAnswer = onAction(
  'respond',
  (action, random): Respond =>
    random.happens(0.6)
      ? { ...action, status: action.status === 403 ? 404 : 403 }
      : { ...action, body: action.body === 'no' ? 'yes' : 'no' },
);

const answerInstead = onRule((rule) =>
  rule.action.kind === 'respond' ? undefined : [{ ...rule, action: { kind: 'respond', status: 503 } }],
);

export const actionMutations: readonly Edit[] = [
  changeBackend,
  changeBackend,
  changeWeight,
  changeShare,
  changeRewrite,
  changeRewrite,
  changeHost,
  changeRequestHeaders,
  changeResponseHeaders,
  changePart('timeout', 3_000, 4_000),
  changePart('backendTimeout', 300, 400),
  changePart('retry', { attempts: 1, codes: [] }, { attempts: 5, codes: [502] }),
  changePart('mirrors', [{ backend: 'one', fraction: 250_000 }], [{ backend: 'three', fraction: 250_000 }]),
  changePart('fault', { delay: 70, fraction: 10_000 }, { abort: 500, fraction: 20_000 }),
  changePart('session', { kind: 'cookie', name: 's' }, { kind: 'header', name: 's' }),
  changePart('cors', 'https://a.test', 'https://b.test'),
  changeRedirect,
  changeAnswer,
  answerInstead,
];
