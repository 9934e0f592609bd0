// A run of the tests in; one line at the end of its summary out, when veraPDF could not give its second opinion.
const { spawnSync } = require('node:child_process');

module.exports = class VerapdfReporter {
  onRunComplete() {
    if (spawnSync('verapdf', ['--version']).status !== 0)
      process.stderr.write(
        "veraPDF did not run: no verapdf command on the PATH. PDFs were judged by the suite's own checker.\n"
      );
  }
};
