import * as library from 'wasm-pooling';
import * as gradients from 'wasm-pooling/gradients';
import { smoke } from './smoke.mjs';

console.log(JSON.stringify(smoke(library, gradients)));
