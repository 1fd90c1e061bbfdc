import * as library from 'wasm-pooling';
import { smoke } from './smoke.mjs';

let said;
try {
  said = smoke(library);
} catch (error) {
  said = { error: String(error) };
}
postMessage(said);
