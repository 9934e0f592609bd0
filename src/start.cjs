// `npm start`: a clone in, the form being served out.
'use strict';
var prepare = require('./prepare.cjs');

prepare.prepare(function (line) {
  process.stdout.write(line + '\n');
});
prepare.runKeepsake(['serve'].concat(process.argv.slice(2)));
