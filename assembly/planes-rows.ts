// What the loops of the planes kernel are given and have in common.
//
// `P` is a type as large as a position, `A` that of the lanes: the four u8 of a pixel travel together as one u32.
import { Columns } from './columns';
import { after1, after2, loadPair, loadPosition } from './lanes';
import { PoolOp } from './ops';

// Rows of outputs that one call computes. Kept in memory, so that handing them over costs nothing.
@unmanaged
export class Rows {
  // How many; where the first one's first vector is, and from one row to the next; from a row's first vector to its last.
  rows: i32;
  y: usize;
  outStep: usize;
  last: usize;
  // Which row of its plane that is, of how many.
  oh: i32;
  outputs: i32;
  // The slice that their windows begin in: where its first element is that vectors read, bytes of a row and of all. Where
  // windows have one slice, the next plane's follows.
  plane: usize;
  rowBytes: usize;
  sliceBytes: usize;
  // Bytes that y and plane are beyond a row's beginning.
  from: usize;
  column: usize;
  // Square windows: the row that the plane's first ones begin with, negative in the padding above; how many rows there are;
  // how many of them have behind them all rows that go with them. A row of padding, from that column on.
  first: i32;
  high: i32;
  whole: u32;
  padding: usize;
  // Bytes from the first column that there is to the vector behind those of the first one, which may lack one; whether the
  // last one lacks its last; bytes from the first column that there is to the last vector of them.
  behind: usize;
  end: bool;
  reach: usize;
  // All others, as many rows each: where the first row of outputs has its first tap, and from one to the next.
  x: usize;
  rowStep: usize;
  // From a row of a window to the next; its slices, and from one to the next. Where its rows are, from the first one on: a
  // list of all others.
  lineStep: usize;
  slices: i32;
  sliceStep: usize;
  offsets: usize;
  offsetsEnd: usize;
  // Three vectors of divisors: of the first vector, of those between, of the last.
  divisors: usize;
  // What they are to be multiplied by for each row of a plane, f64, where those are not one; and what for all of them.
  downs: usize;
  down: f64;
  // Of outputs one at a time: those that vectors have done.
  doneFrom: i32;
  doneTo: i32;
}

// The one or two columns of a row behind a vector's last stride; of two at the row's `end` only one, and anything.
// @ts-ignore: decorator
@inline
export function loadTail<P, Op extends PoolOp, C extends Columns>(p: usize, end: bool): v128 {
  const op = changetype<Op>(0);
  const single = changetype<C>(0).count() - changetype<C>(0).stride() == 1;
  return op.lift(single || end ? loadPosition<P>(p) : loadPair<P>(p));
}

// The outputs of a vector. Its windows' first columns are `first`; with a stride of 2 the second ones are `second`, else
// the ones behind; `next` are first columns of what follows.
// @ts-ignore: decorator
@inline
export function alongRow<P, Op extends PoolOp, C extends Columns>(first: v128, second: v128, next: v128): v128 {
  const op = changetype<Op>(0);
  const folded = op.combine(first, secondOf<P, C>(first, second, next));
  return changetype<C>(0).count() == 3 ? op.combine(folded, thirdOf<P, C>(first, next)) : folded;
}

// @ts-ignore: decorator
@inline
function secondOf<P, C extends Columns>(first: v128, second: v128, next: v128): v128 {
  return changetype<C>(0).stride() == 2 ? second : after1<P>(first, next);
}

// @ts-ignore: decorator
@inline
function thirdOf<P, C extends Columns>(first: v128, next: v128): v128 {
  return changetype<C>(0).stride() == 2 ? after1<P>(first, next) : after2<P>(first, next);
}
