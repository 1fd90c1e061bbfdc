/**
 * The plans of the last calls, so that a function called again with the same options on a tensor of the same shape does
 * not work them out again.
 */
import type { DType } from './tensor.js';

/** Options that are data, or where to put it: they change from call to call, and only whether they are there matters. */
const DATA: ReadonlySet<string> = new Set(['outIndices', 'x', 'indices']);

/** Per function; a network's layers call it with a few shapes in turn. */
const KEPT = 8;

interface Entry<P> {
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Copies, since the caller may change theirs. */
  readonly options: ReadonlyMap<string, unknown>;
  readonly plan: P;
}

export class Recent<P> {
  readonly #entries = new Map<string, Entry<P>[]>();

  /** What was kept for this call, none of whose arguments need to have been checked. */
  find(fn: string, shape: unknown, dtype: DType | undefined, options: unknown): P | undefined {
    const entries = this.#entries.get(fn);
    if (entries === undefined || !isPlain(options)) return undefined;
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i];
      if (entry.dtype === dtype && same(entry.shape, shape) && sameOptions(entry.options, options)) return entry.plan;
    }
    return undefined;
  }

  keep(fn: string, shape: readonly number[], dtype: DType, options: object, plan: P): void {
    if (!isPlain(options)) return;
    const copies = new Map<string, unknown>();
    for (const [name, value] of Object.entries(options)) {
      if (name === 'out') continue;
      if (DATA.has(name)) {
        copies.set(name, undefined);
        continue;
      }
      // What other objects hold may change without notice.
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
      copies.set(name, copy(value));
    }
    const entries = this.#entries.get(fn) ?? [];
    this.#entries.set(fn, entries);
    if (entries.length === KEPT) entries.shift();
    entries.push({ shape: shape.slice(), dtype, options: copies, plan });
  }
}

/** Objects of other kinds may have options that cannot be listed. */
function isPlain(options: unknown): options is Record<string, unknown> {
  return typeof options === 'object' && options !== null && Object.getPrototypeOf(options) === Object.prototype;
}

function sameOptions(kept: ReadonlyMap<string, unknown>, options: Record<string, unknown>): boolean {
  let names = 0;
  for (const name in options) {
    if (name === 'out') continue;
    names++;
    if (!kept.has(name)) return false;
    if (!DATA.has(name) && !same(kept.get(name), options[name])) return false;
  }
  return names === kept.size;
}

/** Equal primitives, or arrays of equals. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false;
  return true;
}

function copy(value: unknown): unknown {
  return Array.isArray(value) ? value.map(copy) : value;
}
