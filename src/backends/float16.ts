/**
 * Half-precision floats as bits, for engines with and without a `Float16Array`.
 */

let values: Float32Array | undefined;

/** The value of each of the 65536 halves. */
export function halfValues(): Float32Array {
  values ??= Float32Array.from({ length: 65536 }, (_, bits) => {
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    const sign = bits < 32768 ? 1 : -1;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
  });
  return values;
}

/** Added to a number of less than 2^52 and taken away again, it leaves the nearest whole number, the even one of two. */
const TO_WHOLE = 2 ** 52;

/** The bits of the half nearest to `value`; of two as near, the even one. */
export function halfBits(value: number): number {
  if (value !== value) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  // From halfway between the largest half and the next power of two.
  if (size >= 65520) return sign | 0x7c00;
  // In units of the least half, exactly; the power of two in it, as from 2^10 on halves have eleven bits.
  const units = size * 2 ** 24;
  const power = units < 2 ** 32 ? 31 - Math.clz32(units) : 63 - Math.clz32(units / 2 ** 32);
  const dropped = Math.max(0, power - 10);
  // A fraction that rounds up to 2048 carries into the exponent, which is what it should do.
  return sign | (dropped * 1024 + (units / (1 << dropped) + TO_WHOLE - TO_WHOLE));
}
