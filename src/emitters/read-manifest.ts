import type { Manifest } from './manifest.ts';

/** Reading of printed objects: what is of another type reads as empty, so that a check needs no checks of its own. */
export function recordOf(value: unknown): Manifest {
  return isRecord(value) ? value : NOTHING;
}

const NOTHING: Manifest = {};

function isRecord(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null;
}

export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_ITEMS;
}

const NO_ITEMS: readonly never[] = [];

export function listOf(value: unknown): readonly Manifest[] {
  return Array.isArray(value) ? value.map(recordOf) : NO_ITEMS;
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf) : NO_ITEMS;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
