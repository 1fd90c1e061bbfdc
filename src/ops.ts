/**
 * The registry: every op, and every public function as an op with a geometry.
 */
import type { FunctionWords } from './options.js';

/** Reductions. */
export type Op = 'max' | 'avg';

interface OpRow {
  /** Divides by the number of elements, and so takes the options that choose the divisor. */
  readonly averages: boolean;
  /** Compares elements, and so can leave NaN out. */
  readonly orders: boolean;
}

export const OPS: Readonly<Record<Op, OpRow>> = {
  max: { averages: false, orders: true },
  avg: { averages: true, orders: false },
};

/** A public function: its op, and what its options say. */
export interface PoolFunction extends FunctionWords {
  readonly op: Op;
}

function poolFunction(name: string, op: Op, geometry: FunctionWords['geometry']): PoolFunction {
  return { name, op, geometry, spatial: 2, ...OPS[op] };
}

export const maxPool2d: PoolFunction = poolFunction('maxPool2d', 'max', 'window');
export const avgPool2d: PoolFunction = poolFunction('avgPool2d', 'avg', 'window');
export const globalMaxPool2d: PoolFunction = poolFunction('globalMaxPool2d', 'max', 'global');
export const globalAvgPool2d: PoolFunction = poolFunction('globalAvgPool2d', 'avg', 'global');
export const adaptiveMaxPool2d: PoolFunction = poolFunction('adaptiveMaxPool2d', 'max', 'adaptive');
export const adaptiveAvgPool2d: PoolFunction = poolFunction('adaptiveAvgPool2d', 'avg', 'adaptive');
