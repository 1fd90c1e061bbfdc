/**
 * Plans ready to run: what is in common to those of poolings and of tasks, foremost how they check their data.
 */
import type { Op } from './ops.js';
import type { Plan } from './plan.js';
import {
  allocate,
  checkedData,
  checkNoOverlap,
  type DType,
  elementsOf,
  type Form,
  isTensor,
  type Tensor,
  type TypedArray,
} from './tensor.js';

/** What all plans say of themselves. Shapes are those of the pooling. */
export interface PlanFacts {
  /** Where it runs. */
  readonly backend: 'wasm' | 'ts';
  /** The name of the kernel that it runs on; `'ts'` on the ts backend. */
  readonly path: string;
  /** Of the pooling. */
  readonly op: Op;
  /** Of elements and gradients. */
  readonly dtype: DType;
  /** Of the pooling's input. */
  readonly inputShape: readonly number[];
  /** Of the pooling's result. */
  readonly outputShape: readonly number[];
}

/** What all plans have in common. */
export abstract class Prepared implements PlanFacts {
  readonly op: Op;
  readonly dtype: DType;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly backend: 'wasm' | 'ts';
  readonly path: string;
  protected readonly fn: string;
  protected readonly plan: Plan;
  /** What the pooling's input, its results and their indices have to be. */
  protected readonly large: Form;
  protected readonly small: Form;
  protected readonly places: Form;

  constructor(fn: string, plan: Plan, path = 'ts') {
    this.fn = fn;
    this.plan = plan;
    this.backend = path === 'ts' ? path : 'wasm';
    this.path = path;
    this.op = plan.op;
    this.dtype = plan.dtype;
    this.inputShape = Object.freeze(plan.inputShape);
    this.outputShape = Object.freeze(plan.outputShape);
    this.large = { dtype: plan.dtype, shape: plan.inputShape, count: plan.inputCount };
    this.small = { dtype: plan.resultDType, shape: plan.outputShape, count: plan.outputCount };
    this.places = { ...this.small, dtype: 'int32' };
  }

  /** The elements of what is given as `name`. */
  protected read(form: Form, name: string, given: unknown): TypedArray {
    return checkedData(this.fn, name, name, given, form);
  }

  /** Where results go: the elements of `out`, none of them one of what is read, or else a new array. */
  protected target(
    form: Form,
    out: unknown,
    read: TypedArray,
    name?: string,
    alsoRead?: TypedArray,
    alsoName?: string,
  ): TypedArray {
    if (out === undefined) return allocate(this.fn, form, read);
    const given = this.read(form, 'out', out);
    checkNoOverlap(this.fn, read, given, name);
    if (alsoRead !== undefined) checkNoOverlap(this.fn, alsoRead, given, alsoName);
    return given;
  }
}

/** Arrays as backends see them: half-precision floats are bits. */
export function seen(dtype: DType, data: TypedArray): TypedArray {
  return dtype === 'float16' ? elementsOf(data) : data;
}

/** What `run` returns: `out` where that is a tensor. */
export function resultOf(out: unknown, data: TypedArray, { shape }: Form): Tensor {
  return isTensor(out) ? out : { data, shape };
}
