/**
 * The main entry and that of gradients in workerd, which forbids to compile bytes but imports a module that is compiled
 * already. Bundlers for it choose this file by the condition `workerd`.
 */

import { setModule } from './core.js';
import module from './pooling.wasm';

setModule(module);

export * from './core.js';
