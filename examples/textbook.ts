/**
 * Pooling as textbooks write it: a loop over the outputs around a loop over the window, which asks of each position
 * whether it is inside. What the demo checks with and measures against.
 */
import type { Tensor } from 'wasm-pooling';

export interface Window {
  readonly kernelSize: readonly [number, number];
  readonly stride: number;
  readonly padding: number;
}

/** The maxima of `x`, `[h, w, c]`, into `y`. */
export function textbookMax(x: Tensor<Float32Array>, window: Window, y: Tensor<Float32Array>): void {
  const [height, width, channels] = x.shape;
  const [outputHeight, outputWidth] = y.shape;
  const [windowHeight, windowWidth] = window.kernelSize;
  const { stride, padding } = window;
  const { data } = x;
  for (let oh = 0; oh < outputHeight; oh++) {
    for (let ow = 0; ow < outputWidth; ow++) {
      for (let c = 0; c < channels; c++) {
        let max = -Infinity;
        for (let kh = 0; kh < windowHeight; kh++) {
          for (let kw = 0; kw < windowWidth; kw++) {
            const h = oh * stride - padding + kh;
            const w = ow * stride - padding + kw;
            if (h < 0 || h >= height || w < 0 || w >= width) continue;
            const value = data[(h * width + w) * channels + c];
            if (value > max) max = value;
          }
        }
        y.data[(oh * outputWidth + ow) * channels + c] = max;
      }
    }
  }
}

/** The averages of `x`, `[h, w, c]`, into `y`; padding does not count. */
export function textbookAvg(x: Tensor<Float32Array>, window: Window, y: Tensor<Float32Array>): void {
  const [height, width, channels] = x.shape;
  const [outputHeight, outputWidth] = y.shape;
  const [windowHeight, windowWidth] = window.kernelSize;
  const { stride, padding } = window;
  const { data } = x;
  for (let oh = 0; oh < outputHeight; oh++) {
    for (let ow = 0; ow < outputWidth; ow++) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        let count = 0;
        for (let kh = 0; kh < windowHeight; kh++) {
          for (let kw = 0; kw < windowWidth; kw++) {
            const h = oh * stride - padding + kh;
            const w = ow * stride - padding + kw;
            if (h < 0 || h >= height || w < 0 || w >= width) continue;
            sum += data[(h * width + w) * channels + c];
            count++;
          }
        }
        y.data[(oh * outputWidth + ow) * channels + c] = sum / count;
      }
    }
  }
}
