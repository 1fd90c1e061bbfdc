import * as library from 'wasm-pooling';
import { smoke } from './smoke.mjs';

console.log(JSON.stringify(smoke(library)));
