/** Models of one operator. */
import { createRequire } from 'node:module';

const { onnx } = createRequire(import.meta.url)('onnx-proto');

const ELEMENTS = { float32: 1, float64: 11, int8: 3, uint8: 2, int64: 7 } as const;

/**
 * A model of `operator` on an x of `type` and any dims of `axes` axes, with results of the names given, of which indices are
 * int64.
 */
export function encodeModel(
  operator: string,
  opset: number,
  attributes: Readonly<Record<string, number | string | number[]>>,
  type: keyof typeof ELEMENTS,
  axes: number,
  outputs: readonly string[] = ['y'],
): Uint8Array {
  const { AttributeType } = onnx.AttributeProto;
  const attribute = Object.entries(attributes).map(([name, value]) => {
    if (Array.isArray(value)) return { name, type: AttributeType.INTS, ints: value };
    if (typeof value === 'string') return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
    return { name, type: AttributeType.INT, i: value };
  });
  const value = (name: string, elemType: number) => ({
    name,
    type: {
      tensorType: {
        elemType,
        shape: { dim: Array.from({ length: axes }, (_, axis) => ({ dimParam: `${name}${axis}` })) },
      },
    },
  });
  return onnx.ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: '', version: opset }],
    graph: {
      name: 'one operator',
      node: [{ input: ['x'], output: outputs, opType: operator, attribute }],
      input: [value('x', ELEMENTS[type])],
      output: outputs.map((name) => value(name, ELEMENTS[name === 'indices' ? 'int64' : type])),
    },
  }).finish();
}
