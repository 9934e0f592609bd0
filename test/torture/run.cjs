// `npm run torture`: installs and builds what has changed, then makes life hard for a batch of 10,000 rows, and for mails.
'use strict';
var prepare = require('../../src/prepare.cjs');

prepare.prepare(console.error);
import('./crossed.js')
  .then(function () {
    return import('./mails.js');
  })
  .then(function () {
    return import('./received.js');
  })
  .catch(function (error) {
    console.error(error);
    process.exit(1);
  });
