// Reads `bytes` bytes and does nothing with them: a processor fetches one stream of addresses from memory faster than those
// of the several rows that a kernel reads. The sum is returned so that no compiler leaves the reading out.
export function readAhead(from: usize, bytes: usize): i32 {
  let sum = 0;
  for (const end = from + bytes; from < end; from += 64) sum += load<u8>(from);
  return sum;
}
