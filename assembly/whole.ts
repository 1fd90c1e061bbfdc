// Windows that are whole planes, which lie in memory in one piece: channels first, global pooling.
//
// Order of operations: four vectors of folds, joined at the end, then their lanes, then what is left over. It depends on
// the size of the plane alone.
import { lanesOf, loadLane, loadLanes, storeLane } from './lanes';
import { foldLanes, Max, Min, PoolOp, Sum } from './ops';
import { depthOf, divisorOf, heightOf, Plan, Reduction, widthOf } from './plan';

// `S` is the type that elements are stored as.
// @ts-ignore: decorator
@inline
function fold<S, A, Op extends PoolOp>(p: usize, plane: usize, y: usize, divisor: f64): void {
  const op = changetype<Op>(0);
  const lanes = lanesOf<A>();
  const vector = <usize>lanes * sizeof<S>();
  const end = p + plane;
  let a = op.identity();
  let b = a;
  let c = a;
  let d = a;
  for (; p + 4 * vector <= end; p += 4 * vector) {
    a = op.combine(a, loadLanes<S, A>(p));
    b = op.combine(b, loadLanes<S, A>(p + vector));
    c = op.combine(c, loadLanes<S, A>(p + 2 * vector));
    d = op.combine(d, loadLanes<S, A>(p + 3 * vector));
  }
  for (; p + vector <= end; p += vector) a = op.combine(a, loadLanes<S, A>(p));
  a = foldLanes<A, Op>(op.combine(op.combine(a, b), op.combine(c, d)));
  for (; p < end; p += sizeof<S>()) a = op.combine(a, loadLane<S, A>(p));
  storeLane<A, S>(y, op.divides() ? op.finish(a, v128.splat<A>(<A>divisor), false) : a);
}

// The words of the plan's header that are this kernel's own.
@unmanaged
class Own {
  outer: i32;
  inner: i32;
  reduction: i32;
  // Bytes of an element.
  size: i32;
}

// Output rows `from` to `to`, which are one output each.
export function whole(plan: Plan, x: usize, y: usize, scratch: usize, from: u32, to: u32): i32 {
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const size = <usize>changetype<Own>(plan).size;
  const plane = <usize>depth.input * <usize>height.input * <usize>width.input * size;
  const divisor = divisorOf(plan, depth, 0) * divisorOf(plan, height, 0) * divisorOf(plan, width, 0);
  for (let index = from; index < to; index++) {
    const p = x + <usize>index * plane;
    const q = y + <usize>index * size;
    switch (plan.reduction) {
      case Reduction.MaxF32: {
        fold<f32, f32, Max<f32>>(p, plane, q, divisor);
        break;
      }
      case Reduction.SumF32: {
        // In float64, which long sums need.
        fold<f32, f64, Sum<f64>>(p, plane, q, divisor);
        break;
      }
      case Reduction.MaxF64: {
        fold<f64, f64, Max<f64>>(p, plane, q, divisor);
        break;
      }
      case Reduction.SumF64: {
        fold<f64, f64, Sum<f64>>(p, plane, q, divisor);
        break;
      }
      case Reduction.MaxU8: {
        fold<u8, u8, Max<u8>>(p, plane, q, divisor);
        break;
      }
      case Reduction.MinU8: {
        fold<u8, u8, Min<u8>>(p, plane, q, divisor);
        break;
      }
      case Reduction.MaxI16: {
        fold<i16, i16, Max<i16>>(p, plane, q, divisor);
        break;
      }
      default:
        fold<i32, i32, Max<i32>>(p, plane, q, divisor);
    }
  }
  return 0;
}
