const library = require('wasm-pooling');

import('./smoke.mjs').then(({ smoke }) => console.log(JSON.stringify(smoke(library))));
