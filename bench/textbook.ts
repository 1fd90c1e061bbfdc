/**
 * Pooling as a textbook has it: what a programmer writes without a library. Every result is checked against it, and it is
 * measured as well.
 */
import type { Geometry } from './shapes.ts';

export function textbook(g: Geometry, x: Float32Array, y: Float32Array): void {
  const { n, c, h, w, k, s, p, outH, outW } = g;
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
          for (let kh = 0; kh < k; kh++) {
            for (let kw = 0; kw < k; kw++) {
              const ih = oh * s - p + kh;
              const iw = ow * s - p + kw;
              if (ih < 0 || ih >= h || iw < 0 || iw >= w) continue;
              const value = x[b * c * h * w + channel * xc + ih * xh + iw * xw];
              if (g.op === 'max') max = Math.max(max, value);
              else {
                sum += value;
                count++;
              }
            }
          }
          const divisor = g.countIncludePad ? k * k : count;
          y[b * c * outH * outW + channel * yc + oh * yh + ow * yw] = g.op === 'max' ? max : sum / divisor;
        }
      }
    }
  }
}
