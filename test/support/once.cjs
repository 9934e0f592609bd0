// A test run that begins in; a folder for what is built once for all of it out, taken away when the run is over.
'use strict';
var fs = require('fs');
var os = require('os');
var path = require('path');

/** Workers are started after this and get its environment. */
module.exports = function () {
  var folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keepsake-built-'));
  process.env.BUILT_FOR_TESTS = folder;
  process.on('exit', function () {
    fs.rmSync(folder, { recursive: true, force: true });
  });
};
