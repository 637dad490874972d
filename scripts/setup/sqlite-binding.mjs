import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolingNode } from './node.mjs';
import { root } from './paths.mjs';
import { mustRun } from './run.mjs';
import { step } from './say.mjs';
import { storePath, stored } from './store.mjs';

const modules = join(root, 'node_modules');
const home = join(modules, 'better-sqlite3');
const sqlite = join(home, 'deps', 'sqlite3');

// The shipped binding asks for Node-API 10, which Electron has from version 36 on. An older one still has these calls, as
// "experimental" ones: so the same sources, compiled as experimental, load there.
const nodeApiDefines = ['NAPI_VERSION=2147483647', 'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'];
const addonDefines = [...nodeApiDefines, 'NAPI_DISABLE_CPP_EXCEPTIONS', 'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS', 'BUILDING_NODE_EXTENSION', 'NODE_GYP_MODULE_NAME=better_sqlite3', 'NDEBUG'];
const shippedSince = 36;

/**
 * @param {string} electronVersion
 * @returns {boolean} whether better-sqlite3's shipped binding does not load there
 */
export function needsCompiledBinding(electronVersion) {
  return Number(electronVersion.split('.')[0]) < shippedSince;
}

/**
 * The defines that better-sqlite3 compiles SQLite with.
 * @param {string} gypi deps/defines.gypi
 */
export function sqliteDefines(gypi) {
  return [...gypi.matchAll(/^\s*'([A-Z][A-Z0-9_]*(?:=[^']*)?)',$/gm)].map((match) => match[1]);
}

const asFlags = (defines) => defines.map((define) => `-D${define}`);

function commands(directory) {
  const defines = sqliteDefines(readFileSync(join(home, 'deps', 'defines.gypi'), 'utf8'));
  const include = [sqlite, join(modules, 'node-addon-api'), join(modules, 'node-api-headers', 'include')].map((path) => `-I${path}`);
  const [library, addon] = [join(directory, 'sqlite3.o'), join(directory, 'addon.o')];
  return {
    library: ['-c', '-O2', '-fPIC', '-std=c99', '-w', '-fvisibility=hidden', '-DNDEBUG', ...asFlags(defines), '-o', library, join(sqlite, 'sqlite3.c')],
    addon: ['-c', '-O2', '-fPIC', '-std=c++20', '-w', '-fvisibility=hidden', '-fvisibility-inlines-hidden', ...asFlags(addonDefines), ...asFlags(defines), ...include, '-o', addon, join(home, 'src', 'better_sqlite3.cpp')],
    link: (target) => ['-shared', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-o', target, addon, library, '-ldl'],
  };
}

/** A name for all that the binding is made from: sources and flags. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  const { library, addon } = commands('');
  hash.update(JSON.stringify([library, addon]).split(root).join(''));
  for (const name of ['better-sqlite3', 'node-addon-api', 'node-api-headers']) hash.update(readFileSync(join(modules, name, 'package.json')));
  for (const name of readdirSync(sqlite).sort()) hash.update(readFileSync(join(sqlite, name)));
  return hash.digest('hex').slice(0, 32);
}

async function compile(directory) {
  const draft = mkdtempSync(join(tmpdir(), 'unroll-sqlite-'));
  const target = join(directory, 'better_sqlite3.node');
  try {
    await step('Compiling the SQLite binding for this Electron, once for all clones', async () => {
      const { library, addon, link } = commands(draft);
      await Promise.all([mustRun('Compiling SQLite', 'gcc', library), mustRun('Compiling better-sqlite3', 'g++', addon)]);
      await mustRun('Linking better-sqlite3', 'g++', link(target));
      const trial = 'const D = require(process.argv[1]); const d = new D(":memory:", { nativeBinding: process.argv[2] }); d.prepare("select 1").get(); d.close();';
      await mustRun('Loading the compiled better-sqlite3', toolingNode(), ['-e', trial, home, target], { cwd: root });
    });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Whether sqliteBinding will have to compile, and so needs gcc and g++. @param {string} electronVersion */
export function compilerNeeded(electronVersion) {
  return needsCompiledBinding(electronVersion) && !existsSync(storePath('better-sqlite3', fingerprint()));
}

/**
 * The better-sqlite3 binding for an Electron that the shipped one is too new for.
 * @param {string} electronVersion
 * @returns {Promise<string | undefined>} a path for UNROLL_SQLITE_BINDING; undefined where the shipped binding loads
 */
export async function sqliteBinding(electronVersion) {
  if (!needsCompiledBinding(electronVersion)) return undefined;
  return join(await stored('better-sqlite3', fingerprint(), compile), 'better_sqlite3.node');
}
