/**
 * Starts every command of this project. It runs on Node 20 or later, makes sure that the installed packages match the
 * lockfile, and starts the command with the Node that the project's tools need (the package `node`).
 *
 *   node scripts/bootstrap.mjs scripts/test.ts unit     runs a TypeScript file
 *   node scripts/bootstrap.mjs wxt build                runs a package's command
 *
 * It must be plain JavaScript with built-in modules only, because no packages may be installed yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MODULES = join(ROOT, 'node_modules');
const OLDEST = [20, 0];
/** The first version that runs TypeScript files without a flag. */
const OLDEST_FOR_TOOLS = [22, 18];

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/** @param {string} version @param {number[]} least */
function atLeast(version, least) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** @param {string} path @returns {Record<string, { version?: string, optional?: boolean }> | null} */
function packagesOf(path) {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null;
  } catch (error) {
    // npm writes this file last. If it is unreadable, the installation was interrupted.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Whether the installed packages match the lockfile. Optional packages may be absent. */
function isInstalled() {
  const wanted = packagesOf(join(ROOT, 'package-lock.json'));
  if (!wanted) fail('package-lock.json is missing or broken: restore it, for example with "git checkout".');
  const present = packagesOf(join(MODULES, '.package-lock.json'));
  if (!present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const installed = present[path];
    return installed ? installed.version === entry.version : entry.optional === true;
  });
}

/** Runs npm and shows its output only if it fails. @param {string[]} args */
function npm(args) {
  const cli = process.env.npm_execpath;
  const options = { cwd: ROOT, encoding: /** @type {const} */ ('utf8'), maxBuffer: 64 * 1024 * 1024 };
  // Uses npm's own Node, because ours may be in the folder that npm is about to replace.
  const result =
    cli && /\.[cm]?js$/.test(cli)
      ? spawnSync(process.env.npm_node_execpath ?? process.execPath, [cli, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.status === 0) return true;
  console.error(result.error?.message ?? `${result.stdout}${result.stderr}`.trim());
  return false;
}

/** @param {string} path @returns {boolean} */
function runs(path) {
  if (!existsSync(path)) return false;
  const result = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return result.status === 0 && atLeast(result.stdout.trim(), OLDEST_FOR_TOOLS);
}

/** The Node that can run this project's tools. */
function findNode() {
  const own = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (runs(own)) return own;
  if (atLeast(process.version, OLDEST_FOR_TOOLS)) return process.execPath;
  console.error('The package "node" has no executable; downloading it …');
  if (npm(['rebuild', 'node']) && runs(own)) return own;
  return fail(
    `This project's tools need Node ${OLDEST_FOR_TOOLS.join('.')} or later (this is ${process.version}), and the package "node" ` +
      'that provides it could not be set up. Allow its install script ("npm config set ignore-scripts false") and ' +
      'run "npm ci" again, or install Node 24 from https://nodejs.org.',
  );
}

/** The JavaScript file of a package's command. @param {string} name */
function commandOf(name) {
  const manifest = JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8'));
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[name];
  if (typeof bin !== 'string') fail(`The package "${name}" has no command with its name.`);
  return join(MODULES, name, bin);
}

const [wanted, ...args] = process.argv.slice(2);
if (wanted === undefined)
  fail('Specify what to run: a TypeScript file, or the name of a package with a command.');
if (!atLeast(process.version, OLDEST)) {
  fail(`Followledger needs Node ${OLDEST[0]} or later; this is ${process.version}. See https://nodejs.org.`);
}

if (!isInstalled()) {
  const began = Date.now();
  console.log('Installing the packages from package-lock.json …');
  if (!npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])) {
    fail(
      'The packages could not be installed. npm shows the reason above. Fix it, then run the same command again.',
    );
  }
  console.log(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

const file = wanted.endsWith('.ts') ? join(ROOT, wanted) : commandOf(wanted);
const child = spawn(findNode(), [file, ...args], { cwd: ROOT, stdio: 'inherit' });
// A terminal sends Ctrl+C to both processes. The child handles it, and this process exits with the child.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => child.kill(signal));
}
child.on('error', (error) => fail(`${file} could not be started: ${error.message}`));
child.on('exit', (code, signal) => {
  if (signal === 'SIGINT' || signal === 'SIGTERM') process.exit(130);
  process.exit(code ?? 1);
});
