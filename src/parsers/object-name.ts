import { mayHoldPlaceholder } from '../documents/find-placeholder.ts';

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Whether no object of a cluster can have a name; a template that was not filled in is reported as one elsewhere. */
export function isNoName(text: string): boolean {
  return !(text.length <= 253 && SUBDOMAIN.test(text)) && !mayHoldPlaceholder(text);
}

/** The same of a namespace. */
export function isNoNamespace(text: string): boolean {
  return !(text.length <= 63 && LABEL.test(text)) && !mayHoldPlaceholder(text);
}

/** A name as near as possible to a text that is none, such as the class in an annotation. */
export function toName(text: string, otherwise: string): string {
  if (!isNoName(text)) return text;
  const name = text
    .toLowerCase()
    .slice(0, 200)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? otherwise : name;
}
