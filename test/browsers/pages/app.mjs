// The smoke test in the page and in a module worker; what they say goes to whoever serves the page.
import * as library from 'wasm-pooling';
import * as gradients from 'wasm-pooling/gradients';
import { smoke } from './smoke.mjs';

function attempt() {
  try {
    return smoke(library, gradients);
  } catch (error) {
    return { error: String(error) };
  }
}

const worker = new Worker(new URL('./worker.mjs', import.meta.url), { type: 'module' });
const said = new Promise((resolve) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => resolve({ error: message ?? 'the worker did not load' });
});

const body = JSON.stringify({ page: attempt(), worker: await said });
await fetch('/report', { method: 'POST', body });
