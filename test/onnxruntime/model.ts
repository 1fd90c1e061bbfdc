/** Models of one operator. */
import { createRequire } from 'node:module';

const { onnx } = createRequire(import.meta.url)('onnx-proto');

const ELEMENTS = { float32: 1, float64: 11, int8: 3, uint8: 2, int64: 7 } as const;

/** A model of `operator` on an x of `type` and any dims of `axes` axes, with result y. */
export function encodeModel(
  operator: string,
  opset: number,
  attributes: Readonly<Record<string, number | string | number[]>>,
  type: keyof typeof ELEMENTS,
  axes: number,
): Uint8Array {
  const { AttributeType } = onnx.AttributeProto;
  const attribute = Object.entries(attributes).map(([name, value]) => {
    if (Array.isArray(value)) return { name, type: AttributeType.INTS, ints: value };
    if (typeof value === 'string') return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
    return { name, type: AttributeType.INT, i: value };
  });
  const value = (name: string) => ({
    name,
    type: {
      tensorType: {
        elemType: ELEMENTS[type],
        shape: { dim: Array.from({ length: axes }, (_, axis) => ({ dimParam: `${name}${axis}` })) },
      },
    },
  });
  return onnx.ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: '', version: opset }],
    graph: {
      name: 'one operator',
      node: [{ input: ['x'], output: ['y'], opType: operator, attribute }],
      input: [value('x')],
      output: [value('y')],
    },
  }).finish();
}
