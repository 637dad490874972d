import { existsSync, readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SetupFailure } from '../setup/failure.mjs';
import { toolingNode } from '../setup/node.mjs';
import { root } from '../setup/paths.mjs';
import { mustRun } from '../setup/run.mjs';
import { megabytes, step } from '../setup/say.mjs';
import { executableIn, versionIn } from './override.mjs';

const home = join(root, 'node_modules', 'electron');
// How long nothing at all may come. A slow download that moves is waited for, however long it takes.
const firstByteWithin = 20_000;
const nextByteWithin = 60_000;

/** The version of Electron that package.json pins. */
export function pinnedVersion() {
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version;
}

/** The official Electron, where it has been downloaded into this clone. */
export function installedElectron() {
  const dist = join(home, 'dist');
  const executablePath = executableIn(dist);
  const version = pinnedVersion();
  return versionIn(dist) === version && existsSync(executablePath) ? { executablePath, version } : undefined;
}

/**
 * Node's own fetch takes its proxy from these; npm's settings stand in for them where they are not set.
 * @param {Record<string, string | undefined>} env
 */
export function proxyEnvironment(env) {
  const https = env.HTTPS_PROXY ?? env.https_proxy ?? env.npm_config_https_proxy ?? env.npm_config_proxy;
  const exceptions = env.NO_PROXY ?? env.no_proxy ?? env.npm_config_noproxy;
  return { ...env, ...(https ? { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: https } : {}), ...(https && exceptions ? { NO_PROXY: exceptions } : {}) };
}

function download(report) {
  const script = fileURLToPath(new URL('download.mjs', import.meta.url));
  const child = spawn(toolingNode(), [script, home], { stdio: ['ignore', 'pipe', 'ignore'], env: proxyEnvironment(process.env) });
  return new Promise((fulfil, reject) => {
    let why = 'the download ended early';
    let timer = setTimeout(giveUp, firstByteWithin, `no answer within ${firstByteWithin / 1000} s`);
    function giveUp(reason) {
      why = reason;
      child.kill();
    }
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { error, transferred, total } = JSON.parse(line);
      if (error) {
        why = error;
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(giveUp, nextByteWithin, `nothing came for ${nextByteWithin / 1000} s`);
      report(`${megabytes(transferred)}${total ? ` of ${megabytes(total)}` : ''}`);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0) fulfil(undefined);
      else reject(new SetupFailure(why));
    });
  });
}

/**
 * Downloads the pinned Electron from its own releases (or the mirror that npm or ELECTRON_MIRROR names) into node_modules/electron.
 * @throws {SetupFailure} with the reason, where it cannot be reached
 */
export async function downloadElectron() {
  await step(`Downloading Electron ${pinnedVersion()}`, download);
  await step('Unpacking Electron', () => mustRun("Electron's installer", toolingNode(), [join(home, 'install.js')], { cwd: home }));
  const installed = installedElectron();
  if (!installed) throw new SetupFailure("Electron's installer ended well but left no Electron");
  return installed;
}
