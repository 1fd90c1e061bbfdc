/**
 * Undoes what scripts/embed-wasm.mjs does to the kernels to have them as text: a module of its own, which runs once. Each
 * byte is a digit in base 52, `(` to `[`, of the byte and 4 more, after a letter for how many 52s there are above it, if any.
 */

/** Turns the text in the first `length` bytes of the memory into bytes from there on, and returns how many these are. */
export function unpack(length: usize): usize {
  let end: usize = 0;
  let above: u32 = 0;
  for (let at: usize = 0; at < length; at++) {
    const code = <u32>load<u8>(at);
    if (code > 96) {
      above = (code - 96) * 52;
    } else {
      store<u8>(end++, above + code - 40 - 4);
      above = 0;
    }
  }
  return end;
}
