// Exports only: a kernel for each family of windows. The names are those of src/backends/paths.ts, and of places-wasm.ts.
export { readAhead } from './ahead';
export { argmax } from './argmax';
export { bytes } from './bytes';
export { channels } from './channels';
export { convert } from './conversions';
export { divide, expand } from './expand';
export { planes } from './planes';
export { inside, scatter, settle, space } from './scatter';
export { sliding } from './sliding';
export { universal } from './universal';
export { whole } from './whole';
