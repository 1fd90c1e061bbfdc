/**
 * Undoes what scripts/embed-wasm.mjs does to the kernels to have them as text: a module of its own, which runs once for each of
 * the two. Each byte is a digit in base 78, `(` to `[` and `a` to `z`, of the byte and 3 more, after `{`, `|` or `}` for the 78s
 * above it.
 *
 * What differs in code that repeats is behind all the rest, kind by kind: the number of a variable after each local.get, and
 * after each local.set and local.tee; the 16 bytes after each v128.const and each i8x16.shuffle; the offset of each load and
 * store, whose alignment is not there at all, since it is 0. Bytes that only look like one of these are taken for it, here as
 * there; where what would be an alignment is not 0, or an offset 255, the offset is 255, and it is no access.
 */

/**
 * Turns the text at the beginning of the memory, `length` characters, into a module behind it; its bytes are put behind the text
 * first, and the others say where each kind begins there. Returns where the module begins.
 */
export function unpack(
  length: usize,
  gets: usize,
  sets: usize,
  constants: usize,
  shuffles: usize,
  offsets: usize,
): usize {
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
  const last = gets;
  let end = begin;
  let before: u32 = 0;
  while (at < last) {
    const byte = <u32>load<u8>(at++);
    store<u8>(end++, byte);
    const ofVector = before == 0xfd;
    before = byte;
    if (byte == 0x20) {
      store<u8>(end++, load<u8>(gets++));
    } else if (byte - 0x21 < 2) {
      store<u8>(end++, load<u8>(sets++));
    } else if (ofVector && byte - 0x0c < 2) {
      memory.copy(end, byte == 0x0c ? constants : shuffles, 16);
      if (byte == 0x0c) constants += 16;
      else shuffles += 16;
      end += 16;
    } else if (ofVector ? byte < 0x0c || byte - 0x54 < 10 : byte - 0x28 < 20) {
      const offset = load<u8>(offsets++);
      if (offset == 255) continue;
      store<u16>(end, <u16>offset << 8);
      end += 2;
    }
  }
  return begin;
}
