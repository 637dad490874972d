import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { userCache } from './paths.mjs';
import { say } from './say.mjs';

const renewEvery = 5_000;
const deadAfter = 30_000;

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A lock is left behind when its holder is gone, or has not renewed it (another machine or container on the same home). */
function isLeftBehind(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    const age = Date.now() - statSync(path).mtimeMs;
    return age > deadAfter || (pid > 0 && !isAlive(pid));
  } catch {
    return false;
  }
}

function take(path) {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Does the work while no other process of this user does work under the same name.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const directory = join(userCache(), 'locks');
  mkdirSync(directory, { recursive: true });
  const path = join(directory, name);
  for (let waited = false; !take(path); waited = true) {
    if (isLeftBehind(path)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!waited) say(`Waiting for another Unroll command that is at the same work (${path})`);
    await sleep(300);
  }
  const renewal = setInterval(() => utimesSync(path, new Date(), new Date()), renewEvery);
  renewal.unref();
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    process.off('exit', release);
    release();
  }
}
