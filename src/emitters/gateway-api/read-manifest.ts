import type { Manifest } from './manifest.ts';

/** Reading of printed objects: what is of another type reads as empty, so that a check needs no checks of its own. */
export function recordOf(value: unknown): Manifest {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function listOf(value: unknown): readonly Manifest[] {
  return arrayOf(value).map(recordOf);
}

export function textsOf(value: unknown): readonly string[] {
  return arrayOf(value).map(textOf);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
