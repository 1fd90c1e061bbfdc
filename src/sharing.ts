/**
 * Modules for memories that are shared between threads. No module can import both kinds of memory, and the kernels are
 * the same, so that the import is rewritten.
 */

const IMPORT_SECTION = 2;
/** The limits of the memory import: shared, from 0 pages to all 65536. */
const SHARED_LIMITS = [3, 0, 0x80, 0x80, 0x04];

/** A module whose only import is an unshared memory of any size, made to import a shared one. */
export function importingShared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // Behind the magic number and the version come sections: number, size, contents.
  let at = 8;
  let [size, contents] = readSize(bytes, at + 1);
  while (bytes[at] !== IMPORT_SECTION) {
    at = contents + size;
    [size, contents] = readSize(bytes, at + 1);
  }
  // The limits end the section, with two bytes: unshared without a maximum, from 0 pages.
  const head = bytes.subarray(contents, contents + size - 2);
  const parts = [
    bytes.subarray(0, at),
    [IMPORT_SECTION, head.length + SHARED_LIMITS.length],
    head,
    SHARED_LIMITS,
    bytes.subarray(contents + size),
  ];
  const result = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let end = 0;
  for (const part of parts) {
    result.set(part, end);
    end += part.length;
  }
  return result;
}

/** A number of seven bits a byte, least first, and where what follows it begins. */
function readSize(bytes: Uint8Array, at: number): [size: number, end: number] {
  let size = 0;
  let end = at;
  for (let shift = 0; ; shift += 7) {
    size |= (bytes[end] & 0x7f) << shift;
    if (bytes[end++] < 0x80) return [size, end];
  }
}
