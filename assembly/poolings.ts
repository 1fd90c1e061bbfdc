// Exports only: a kernel for each family of windows, and that of indices. The names are those of src/backends/paths.ts, and of
// argmax-wasm.ts.
export { readAhead } from './ahead';
export { argmax } from './argmax';
export { argmaxSliding } from './argmax-sliding';
export { bytes } from './bytes';
export { channels } from './channels';
export { convert } from './conversions';
export { planes } from './planes';
export { sliding } from './sliding';
export { universal } from './universal';
export { whole } from './whole';
