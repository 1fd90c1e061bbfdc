// As workerd's own test runner has it: what throws fails, and what is logged is printed.
import * as library from 'wasm-pooling';
import * as gradients from 'wasm-pooling/gradients';
import { smoke } from './smoke.mjs';

export default { test: () => console.log(JSON.stringify(smoke(library, gradients))) };
