// `npm run bench`: installs and builds what has changed, then measures.
'use strict';
var prepare = require('../../src/prepare.cjs');

prepare.prepare(console.error);
var isDone = false;
// Node ends without a word where something is waited for that nothing can bring about any more.
process.on('exit', function (code) {
  if (isDone || code !== 0) return;
  console.error('The bench ended before it was done.');
  process.exitCode = 1;
});
import('./bench.js').then(
  function () {
    isDone = true;
  },
  function (error) {
    console.error(error);
    process.exit(1);
  }
);
