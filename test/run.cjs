// `npm test`: a clone in, everything that can be checked checked, one truthful closing line out.
'use strict';
var childProcess = require('child_process');
var fs = require('fs');
var os = require('os');
var path = require('path');
var prepare = require('../src/prepare.cjs');

var ROOT = prepare.ROOT;

function say(line) {
  process.stdout.write(line + '\n');
}

function run(command, words) {
  return childProcess.spawnSync(command, words, { cwd: ROOT, stdio: 'inherit' }).status === 0;
}

function has(command, words) {
  return childProcess.spawnSync(command, words, { stdio: 'ignore' }).status === 0;
}

function fail(line) {
  process.stderr.write(line + '\n');
  process.exit(1);
}

/** Programs the tests read PDFs and pages with, and the Debian packages they come in. */
var TOOLS = [
  { command: 'pdftotext', words: ['-v'], name: 'poppler-utils' },
  { command: 'qpdf', words: ['--version'], name: 'qpdf' },
  { command: findChromium() || 'chromium', words: ['--version'], name: 'chromium' },
];

/** Any Chromium or Chrome: named in CHROMIUM, or where the systems we know put it. */
function findChromium() {
  return [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ].find(function (file) {
    return file && fs.existsSync(file);
  });
}

function installTools() {
  var missing = TOOLS.filter(function (tool) {
    return !has(tool.command, tool.words);
  }).map(function (tool) {
    return tool.name;
  });
  if (missing.length === 0) return;
  var sentence =
    'The tests need ' +
    missing.join(', ') +
    ': install them (on Debian: apt-get install ' +
    missing.join(' ') +
    ') and run npm test again.';
  var isRootOnDebian = fs.existsSync('/etc/debian_version') && process.getuid && process.getuid() === 0;
  if (!isRootOnDebian) fail(sentence);
  say('Installing for the tests: ' + missing.join(', ') + '.');
  run('apt-get', ['update', '-qq']);
  if (!run('apt-get', ['install', '-y', '-qq', '--no-install-recommends'].concat(missing))) fail(sentence);
}

function runJest() {
  var results = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'keepsake-test-')), 'results.json');
  var jest = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  var words = ['--experimental-vm-modules', '--no-warnings', jest, '--json', '--outputFile=' + results].concat(
    process.argv.slice(2)
  );
  // With --json jest prints the same report on standard output once more; the file is enough.
  var status = childProcess.spawnSync(process.execPath, words, {
    cwd: ROOT,
    env: Object.assign({}, process.env, { CHROMIUM: findChromium() || '' }),
    stdio: ['ignore', 'ignore', 'inherit'],
  }).status;
  if (!fs.existsSync(results)) fail('jest ended without a result.');
  var read = JSON.parse(fs.readFileSync(results, 'utf8'));
  fs.rmSync(path.dirname(results), { recursive: true });
  var failed = read.numFailedTests + read.numRuntimeErrorTestSuites;
  say(read.numPassedTests + ' passed, ' + failed + ' failed');
  process.exit(status === 0 && failed === 0 && read.numPassedTests > 0 ? 0 : 1);
}

prepare.prepare(say);
var tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
var biome = path.join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
say('Checking types.');
if (!run(process.execPath, [tsc, '-p', 'tsconfig.json'])) fail('The types do not fit.');
say('Linting.');
if (!run(process.execPath, [biome, 'check', '--error-on-warnings', '.'])) fail('The linter has something to say.');
installTools();
runJest();
