/**
 * Undoes what scripts/embed-wasm.mjs does to the kernels to have them as text: a module of its own, which runs once. Each
 * byte is a digit in base 78, `(` to `[` and `a` to `z`, of the byte and 3 more, after `{`, `|` or `}` for the 78s above it.
 *
 * What differs in code that repeats is behind all the rest: the byte after each local.get, local.set or local.tee, the number
 * of a variable; and the 16 after each v128.const and each i8x16.shuffle. Bytes that only look like one of these are taken for
 * it, here as there.
 */

/**
 * Turns the text at the beginning of the memory, `length` characters, into a module behind it; `variables`, `constants` and
 * `shuffles` say after how many bytes of the text those begin. Returns where the module begins.
 */
export function unpack(length: usize, variables: usize, constants: usize, shuffles: usize): usize {
  let begin = length;
  let above: u32 = 0;
  for (let at: usize = 0; at < length; at++) {
    const code = <u32>load<u8>(at);
    if (code > 122) {
      above = (code - 122) * 78;
      continue;
    }
    store<u8>(begin++, above + code - (code > 96 ? 45 : 40) - 3);
    above = 0;
  }

  let at = length;
  const last = length + variables;
  variables = last;
  constants += length;
  shuffles += length;
  let end = begin;
  let before: u32 = 0;
  while (at < last) {
    const byte = <u32>load<u8>(at++);
    store<u8>(end++, byte);
    if (byte - 0x20 < 3) {
      store<u8>(end++, load<u8>(variables++));
    } else if (before == 0xfd && byte - 0x0c < 2) {
      memory.copy(end, byte == 0x0c ? constants : shuffles, 16);
      if (byte == 0x0c) constants += 16;
      else shuffles += 16;
      end += 16;
    }
    before = byte;
  }
  return begin;
}
