/**
 * What adapters share: reading the attributes of another framework, and errors in its words.
 */
import { describe, isArrayLike } from '../tensor.js';

/** Checks that `given` is an object of `known` names; nothing given is an object without any. */
export function readNames(
  fn: string,
  noun: string,
  given: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (given === undefined) return {};
  if (given === null || typeof given !== 'object' || isArrayLike(given)) {
    throw new TypeError(`${fn}: ${noun}s must be an object, got ${describe(given)}`);
  }
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const list = known.length > 0 ? `the ${noun}s are ${known.join(', ')}` : 'it has none';
    throw new TypeError(`${fn}: there is no ${noun} '${name}'; ${list}`);
  }
  return given as Record<string, unknown>;
}

/** A list of `count` whole numbers of at least `least`. */
export function readIntegers(fn: string, name: string, value: unknown, count: number, least: number): number[] {
  if (!isArrayLike(value)) {
    throw new TypeError(`${fn}: ${name} must be a list of ${count} numbers, got ${describe(value)}`);
  }
  const list = Array.from(value);
  if (list.length !== count) {
    throw new RangeError(`${fn}: ${name} must have ${count} numbers, got ${describe(list)}`);
  }
  return list.map((item) => readInteger(fn, name, item, least));
}

export function readInteger(fn: string, name: string, value: unknown, least: number): number {
  if (typeof value !== 'number') throw new TypeError(`${fn}: ${name} must hold numbers, got ${describe(value)}`);
  if (!Number.isInteger(value) || value < least || value >= 2 ** 31) {
    throw new RangeError(`${fn}: ${name} must hold whole numbers of at least ${least} and under 2^31, got ${value}`);
  }
  return value;
}

/** One of `choices`; the first is the default. */
export function readChoice<T extends string | number>(
  fn: string,
  name: string,
  value: unknown,
  choices: readonly T[],
): T {
  if (value === undefined) return choices[0];
  if (choices.includes(value as T)) return value as T;
  const list = choices.map(describe).join(' or ');
  const Kind = typeof value === typeof choices[0] ? RangeError : TypeError;
  throw new Kind(`${fn}: ${name} must be ${list}, got ${describe(value)}`);
}

export function readBoolean(fn: string, name: string, value: unknown, otherwise: boolean): boolean {
  if (value === undefined) return otherwise;
  if (typeof value !== 'boolean') throw new TypeError(`${fn}: ${name} must be true or false, got ${describe(value)}`);
  return value;
}

/** Calls the library; errors name `fn`, which is what the user has called. */
export function callAs<T>(fn: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    const Kind = error instanceof TypeError ? TypeError : RangeError;
    throw new Kind(error.message.replace(/^\w+(?=:)/, fn), { cause: error });
  }
}

/** Function `name` of a pooling that an option of `fn` gives. */
export function functionOf(fn: string, pooling: unknown, name: string): (...args: unknown[]) => unknown {
  const functions = pooling as Record<string, (...args: unknown[]) => unknown> | null;
  if (typeof functions?.[name] !== 'function') {
    throw new TypeError(`${fn}: pooling must be what createPooling gives, got ${describe(pooling)}`);
  }
  return (...args) => functions[name](...args);
}
