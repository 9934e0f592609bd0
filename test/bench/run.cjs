// `npm run bench`: installs and builds what has changed, then measures.
'use strict';
var prepare = require('../../src/prepare.cjs');

prepare.prepare(console.error);
import('./bench.js').catch(function (error) {
  console.error(error);
  process.exit(1);
});
