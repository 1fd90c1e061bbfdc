/**
 * Pooling as a textbook has it: what a programmer writes without a library. The results that it has are checked against it,
 * and it is measured as well.
 */
import type { TypedArray } from '../dist/index.js';
import { type Geometry, geometryOf, type Row } from './shapes.ts';

/** It has maxima and averages over pictures, or signals, which are one row high; it knows neither bits nor rounding. */
export function inTextbook(row: Row): boolean {
  const { op, task, rank } = geometryOf(row);
  if (task !== 'pool' || rank === 3) return false;
  return op === 'max' ? row.dtype !== 'float16' : op === 'avg' && row.dtype === 'float32';
}

export function textbook(g: Geometry, x: TypedArray, y: TypedArray): void {
  const { n, c } = g;
  const [, h, w] = g.size;
  const [, kHeight, kWidth] = g.k;
  const [, sHeight, sWidth] = g.s;
  const [, pTop, pLeft] = g.p;
  const [, outH, outW] = g.out;
  // Strides of the two layouts.
  const [xc, xh, xw] = g.channelsLast ? [1, w * c, c] : [h * w, w, 1];
  const [yc, yh, yw] = g.channelsLast ? [1, outW * c, c] : [outH * outW, outW, 1];
  for (let b = 0; b < n; b++) {
    for (let channel = 0; channel < c; channel++) {
      for (let oh = 0; oh < outH; oh++) {
        for (let ow = 0; ow < outW; ow++) {
          let max = -Infinity;
          let sum = 0;
          let count = 0;
          for (let kh = 0; kh < kHeight; kh++) {
            for (let kw = 0; kw < kWidth; kw++) {
              const ih = oh * sHeight - pTop + kh;
              const iw = ow * sWidth - pLeft + kw;
              if (ih < 0 || ih >= h || iw < 0 || iw >= w) continue;
              const value = x[b * c * h * w + channel * xc + ih * xh + iw * xw];
              if (g.op === 'max') max = Math.max(max, value);
              else {
                sum += value;
                count++;
              }
            }
          }
          const divisor = g.countIncludePad ? kHeight * kWidth : count;
          y[b * c * outH * outW + channel * yc + oh * yh + ow * yw] = g.op === 'max' ? max : sum / divisor;
        }
      }
    }
  }
}
