import { parseAcceptedObject } from '../pipeline/acceptance.ts';
import type { HostMapping } from '../semantics/equivalence/pair-hosts.ts';
import { UsageError } from './errors.ts';
import type { AcceptFlag, ReportRequest } from './flags.ts';

/** Reads `CODE[@Kind/namespace/name]=REASON`. */
export function parseAccept(text: string): AcceptFlag {
  const cut = text.indexOf('=');
  const reason = text.slice(cut + 1).trim();
  if (cut <= 0 || reason === '') {
    throw new UsageError(`--accept ${text}: a reason is needed, as in --accept CODE[@Kind/namespace/name]=REASON`);
  }
  const [code = '', object, ...rest] = text.slice(0, cut).split('@');
  if (object === undefined) return { code, reason };
  if (rest.length > 0 || parseAcceptedObject(object) === undefined) {
    throw new UsageError(`--accept ${text}: ${object} is not of the form Kind/namespace/name`);
  }
  return { code, object, reason };
}

/** Reads `NAME=N`. */
export function parseLimit(text: string): { readonly name: string; readonly value: number } {
  const match = /^([A-Za-z]+)=(\d{1,9})$/.exec(text);
  if (match?.[1] === undefined) {
    throw new UsageError(`--limit ${text}: not of the form NAME=N, as in --limit rulesPerListener=20`);
  }
  return { name: match[1], value: Number(match[2]) };
}

/** Reads `FORMAT[=PATH]`, where the format is one of those that a command has. */
export function parseReport(text: string, formats: readonly ReportRequest['format'][]): ReportRequest {
  const cut = text.indexOf('=');
  const name = cut < 0 ? text : text.slice(0, cut);
  const format = formats.find((one) => one === name);
  if (format === undefined) throw new UsageError(`--report ${text}: reports of this command are ${formats.join(', ')}`);
  if (cut < 0) return { format };
  const path = text.slice(cut + 1);
  if (path === '') throw new UsageError(`--report ${text}: the path behind = is missing`);
  return { format, path };
}

/** Reads `k: v` of a request. */
export function parseHeader(text: string): { readonly name: string; readonly value: string } {
  const cut = text.indexOf(':');
  if (cut <= 0) throw new UsageError(`-H ${text}: not of the form 'name: value'`);
  return { name: text.slice(0, cut).trim(), value: text.slice(cut + 1).trim() };
}

/** Reads a port that is dialled. */
export function parsePort(text: string): number {
  return readPort(text, `--port ${text}`);
}

function readPort(text: string, flag: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new UsageError(`${flag}: not a port from 1 to 65535`);
  return port;
}

/** Reads `OLD[:PORT]=NEW[:PORT]`. */
export function parseMapping(text: string): HostMapping {
  const match = /^([^\s=:]+)(?::(\d+))?=([^\s=:]+)(?::(\d+))?$/.exec(text);
  if (match === null) throw new UsageError(`--map ${text}: not of the form OLD[:PORT]=NEW[:PORT]`);
  const [, from = '', fromPort, to = '', toPort] = match;
  const named = (host: string, port: string | undefined) => ({
    host: host.toLowerCase(),
    ...(port === undefined ? {} : { port: readPort(port, `--map ${text}`) }),
  });
  return { before: named(from, fromPort), after: named(to, toPort) };
}

/** Reads a whole number from `least` on. */
export function parseCount(flag: string, least: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : -1;
    if (value < least) throw new UsageError(`${flag} ${text}: not a whole number from ${least} on`);
    return value;
  };
}

/** Reads a whole number from 0 to `max`. */
export function parseWhole(flag: string, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value <= max) return value;
    throw new UsageError(`${flag} ${JSON.stringify(text)}: not a whole number from 0 to ${max}`);
  };
}

/** Reads `[NS/]NAME` of a Gateway. */
export function parseGateway(text: string): { readonly namespace?: string; readonly name: string } {
  const [name = '', namespace, ...rest] = text.split('/').reverse();
  if (rest.length > 0 || !isName(name) || (namespace !== undefined && !isLabel(namespace))) {
    throw new UsageError(`--gateway ${text}: not of the form NAME or NAMESPACE/NAME`);
  }
  return namespace === undefined ? { name } : { namespace, name };
}

/** Reads the name of a namespace. */
export function parseNamespace(text: string): string {
  if (isLabel(text)) return text;
  throw new UsageError(`--namespace ${JSON.stringify(text)}: no namespace can have this name`);
}

/** Reads a DNS name of one or many labels, which classes have too. */
export function parseName(flag: string): (text: string) => string {
  return (text) => {
    if (isName(text)) return text;
    throw new UsageError(`${flag} ${JSON.stringify(text)}: not a name of lower-case letters, digits, hyphens and dots`);
  };
}

function isLabel(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

function isName(text: string): boolean {
  return text.length <= 253 && text.split('.').every(isLabel);
}

/** Collects a flag that may stand several times. */
export function collect<Value>(parse: (text: string) => Value): (text: string, before: readonly Value[]) => Value[] {
  return (text, before) => [...before, parse(text)];
}
