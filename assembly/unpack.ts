/**
 * Undoes what scripts/embed-wasm.mjs does to the kernels to have them as text: a module of its own, which runs once. Each
 * byte is a digit in base 78, `(` to `[` and `a` to `z`, of the byte and 3 more, after `{`, `|` or `}` for the 78s above it.
 *
 * The byte behind each local.get, local.set or local.tee, the number of a variable, is in a second text: code that repeats
 * does so with other variables. A byte that only looks like one of these is taken for it, here as there.
 */

/**
 * Turns the text at the beginning of the memory, of which the part from `second` to `length` is the second one, into bytes
 * behind it. Returns where they end.
 */
export function unpack(second: usize, length: usize): usize {
  let end = length;
  let at: usize = 0;
  let other = second;
  let above: u32 = 0;
  let inSecond = false;
  while (inSecond || at < second) {
    const code = <u32>load<u8>(at++);
    if (code > 122) {
      above = (code - 122) * 78;
      continue;
    }
    const byte = above + code - (code > 96 ? 45 : 40) - 3;
    store<u8>(end++, byte);
    above = 0;
    if (inSecond || byte - 0x20 < 3) {
      const next = other;
      other = at;
      at = next;
      inSecond = !inSecond;
    }
  }
  return end;
}
