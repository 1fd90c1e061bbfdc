// Prints the size of the wasm module and fails above the limit: it is part of what every user downloads.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const KB = 1000;
const wasm = readFileSync('dist/pooling.wasm');
const sizes = [
  { name: 'raw', bytes: wasm.length, limit: 80 * KB },
  { name: 'gzipped', bytes: gzipSync(wasm, { level: 9 }).length, limit: 25 * KB },
];

for (const { name, bytes, limit } of sizes) {
  console.log(`dist/pooling.wasm, ${name}: ${(bytes / KB).toFixed(1)} of ${limit / KB} KB`);
}
if (sizes.some(({ bytes, limit }) => bytes > limit)) {
  console.error('dist/pooling.wasm is too large');
  process.exitCode = 1;
}
