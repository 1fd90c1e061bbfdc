/**
 * The default instance, made on first use, and its methods as functions.
 */
import { createPooling, type Pooling, type PoolingFunctions } from './pooling.js';

let instance: Pooling | undefined;

/** The instance that the functions of the package run on. */
export function defaultPooling(): Pooling {
  instance ??= createPooling();
  return instance;
}

/** A method of the default instance, as a function. */
export function bound<N extends keyof PoolingFunctions>(name: N): PoolingFunctions[N] {
  const call = (...args: unknown[]) => (defaultPooling()[name] as (...args: unknown[]) => unknown)(...args);
  return call as PoolingFunctions[N];
}
