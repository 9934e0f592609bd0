// A fresh or changed clone in, one that is installed and built out. Plain old JavaScript without dependencies, so that an
// old Node too gets as far as the sentence that says it is too old.
'use strict';
var childProcess = require('child_process');
var crypto = require('crypto');
var fs = require('fs');
var os = require('os');
var path = require('path');

var ROOT = path.join(__dirname, '..');
var LEAST = [20, 9];

/** Ends the process with one clear sentence when Node is too old. */
function checkNode() {
  var parts = process.versions.node.split('.').map(Number);
  if (parts[0] > LEAST[0] || (parts[0] === LEAST[0] && parts[1] >= LEAST[1])) return;
  process.stderr.write(
    'Keepsake needs Node.js ' +
      LEAST.join('.') +
      ' or newer, and this is ' +
      process.versions.node +
      ': install a newer one from https://nodejs.org\n'
  );
  process.exit(3);
}

/** Installs when the lock file has changed, builds when the source has. `say` gets a line about each. */
function prepare(say) {
  checkNode();
  var lock = digest([path.join(ROOT, 'package-lock.json')]);
  var installed = path.join(ROOT, 'node_modules', '.keepsake-installed');
  if (read(installed) !== lock) {
    say('Installing packages. This is needed once, and after an update.');
    // The compiler is a development package, which NODE_ENV=production would leave out.
    npm(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    fs.writeFileSync(installed, lock);
  }
  var source =
    digest(
      filesBelow(path.join(ROOT, 'src')).concat([
        path.join(ROOT, 'tsconfig.json'),
        path.join(ROOT, 'tsconfig.build.json'),
      ])
    ) + lock;
  var built = path.join(ROOT, 'dist', '.keepsake-built');
  if (read(built) !== source) {
    say('Building.');
    fs.rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
    run(
      process.execPath,
      [path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', path.join(ROOT, 'tsconfig.build.json')],
      'The build failed; the lines above say where.'
    );
    fs.writeFileSync(built, source);
  }
}

/** Under `npm start` npm says itself where it is; else it is the one on the PATH, on Windows a script that needs a shell. */
function npm(words) {
  var own = process.env.npm_execpath;
  var failed = 'The packages could not be installed. Is this computer online? The lines above say more.';
  if (own && /npm-cli\.js$/.test(own)) run(process.execPath, [own].concat(words), failed);
  else run('npm', words, failed, process.platform === 'win32');
}

function run(command, words, failed, shell) {
  var result = childProcess.spawnSync(command, words, { cwd: ROOT, stdio: ['ignore', 2, 2], shell: shell === true });
  if (result.status === 0) return;
  process.stderr.write(failed + '\n');
  process.exit(3);
}

function filesBelow(folder) {
  return fs
    .readdirSync(folder)
    .sort()
    .reduce(function (all, name) {
      var file = path.join(folder, name);
      return all.concat(fs.statSync(file).isDirectory() ? filesBelow(file) : [file]);
    }, []);
}

function digest(files) {
  var hash = crypto.createHash('sha256');
  files.forEach(function (file) {
    hash.update(path.relative(ROOT, file)).update(fs.readFileSync(file));
  });
  return hash.digest('hex');
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (_) {
    return '';
  }
}

/**
 * Handouts are short-lived: the young generation is kept small, and garbage is swept before it piles up. By itself V8
 * lets it grow with the machine's memory: 270 MB after a thousand handouts of which 35 are in use, 170 MB with a limit.
 */
var MEMORY = ['--max-semi-space-size=8', '--max-old-space-size=512'];

/** Runs the built command line and ends as it ends. */
function runKeepsake(words) {
  var main = path.join(ROOT, 'dist', 'cli', 'main.js');
  var child = childProcess.spawn(process.execPath, MEMORY.concat(main, words), {
    stdio: 'inherit',
  });
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  child.on('exit', function (code, signal) {
    // As shells count: killed is not done.
    process.exit(signal ? 128 + os.constants.signals[signal] : code);
  });
}

module.exports = { checkNode: checkNode, prepare: prepare, runKeepsake: runKeepsake, MEMORY: MEMORY, ROOT: ROOT };
