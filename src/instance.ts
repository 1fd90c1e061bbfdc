/**
 * The default instance, made on first use, and its methods as functions.
 */
import { createPooling, type Pooling, type PoolingFunctions } from './pooling.js';

let instance: Pooling | undefined;

/** A method of the default instance, as a function. */
export function bound<N extends keyof PoolingFunctions>(name: N): PoolingFunctions[N] {
  const call = (...args: unknown[]) => {
    instance ??= createPooling();
    return (instance[name] as (...args: unknown[]) => unknown)(...args);
  };
  return call as PoolingFunctions[N];
}
