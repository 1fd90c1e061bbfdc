// Windows that are whole planes, which lie in memory in one piece: channels first, global pooling.
//
// Order of operations: four vectors of folds, joined at the end, then their lanes, then what is left over. It depends on
// the size of the plane alone.
import { lanesOf, loadLane, loadLanes, storeLane } from './lanes';
import { foldLanes, PoolOp } from './ops';
import { depthOf, divisorOf, heightOf, Plan, widthOf } from './plan';

// Output rows `from` to `to`, which are one output each.
export function whole<S, A, Op extends PoolOp>(plan: Plan, x: usize, y: usize, from: u32, to: u32): i32 {
  const op = changetype<Op>(0);
  const depth = depthOf(plan);
  const height = heightOf(plan);
  const width = widthOf(plan);
  const lanes = lanesOf<A>();
  const vector = <usize>lanes * sizeof<S>();
  const plane = <usize>depth.input * <usize>height.input * <usize>width.input * sizeof<S>();
  const by = v128.splat<A>(<A>(divisorOf(plan, depth, 0) * divisorOf(plan, height, 0) * divisorOf(plan, width, 0)));
  for (let index = from; index < to; index++) {
    let p = x + <usize>index * plane;
    const end = p + plane;
    let a = op.identity();
    let b = a;
    let c = a;
    let d = a;
    for (; p + 4 * vector <= end; p += 4 * vector) {
      a = op.combine(a, op.lift(loadLanes<S, A>(p)));
      b = op.combine(b, op.lift(loadLanes<S, A>(p + vector)));
      c = op.combine(c, op.lift(loadLanes<S, A>(p + 2 * vector)));
      d = op.combine(d, op.lift(loadLanes<S, A>(p + 3 * vector)));
    }
    for (; p + vector <= end; p += vector) a = op.combine(a, op.lift(loadLanes<S, A>(p)));
    a = foldLanes<A, Op>(op.combine(op.combine(a, b), op.combine(c, d)));
    for (; p < end; p += sizeof<S>()) a = op.combine(a, op.lift(loadLane<S, A>(p)));
    storeLane<A, S>(y + <usize>index * sizeof<S>(), op.divides() ? op.finish(a, by, false) : a);
  }
  return 0;
}
