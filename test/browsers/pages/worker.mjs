import * as library from 'wasm-pooling';
import * as gradients from 'wasm-pooling/gradients';
import { smoke } from './smoke.mjs';

let said;
try {
  said = smoke(library, gradients);
} catch (error) {
  said = { error: String(error) };
}
postMessage(said);
