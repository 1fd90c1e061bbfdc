const library = require('wasm-pooling');
const gradients = require('wasm-pooling/gradients');

import('./smoke.mjs').then(({ smoke }) => console.log(JSON.stringify(smoke(library, gradients))));
