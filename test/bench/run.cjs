// `npm run bench`: installs and builds what has changed, then measures, in a process with the limits that Keepsake runs with.
'use strict';
var childProcess = require('child_process');
var prepare = require('../../src/prepare.cjs');

if (process.argv[2] === 'measure') measure();
else begin();

function begin() {
  prepare.prepare(console.error);
  var words = prepare.MEMORY.concat(__filename, 'measure');
  var status = childProcess.spawnSync(process.execPath, words, { stdio: 'inherit' }).status;
  process.exitCode = status === null ? 1 : status;
}

function measure() {
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
}
