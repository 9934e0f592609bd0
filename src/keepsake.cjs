#!/usr/bin/env node
// `npx keepsake …`: words of the command line in, the built program run with them out.
'use strict';
var prepare = require('./prepare.cjs');

// On standard error: standard output may be a PDF.
prepare.prepare(function (line) {
  process.stderr.write(line + '\n');
});
prepare.runKeepsake(process.argv.slice(2));
