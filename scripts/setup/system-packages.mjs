import { SetupFailure } from './failure.mjs';
import { capture } from './run.mjs';
import { say, step } from './say.mjs';

const isRoot = () => process.getuid?.() === 0;

/**
 * What apt-get says it is doing, as one short line of progress.
 * @param {string} text
 * @returns {string | undefined}
 */
export function aptProgress(text) {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => /^(Get:|Unpacking|Setting up|Fetched|Hit:)/.test(line));
  return lines.at(-1)?.slice(0, 60);
}

async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    return await step(`apt-get ${args.slice(0, 6).join(' ')}${args.length > 6 ? ' ...' : ''}`, (report) =>
      capture('apt-get', args, { env, onText: (text) => report(aptProgress(text) ?? '') }));
  } catch {
    return undefined;
  }
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries to NAMEt64; apt-cache tells which name this system knows. */
async function knownNames(packages) {
  const names = [];
  for (const name of packages) {
    const { stdout } = await capture('apt-cache', ['policy', name, `${name}t64`]).catch(() => ({ stdout: '' }));
    const hasCandidate = (wanted) => new RegExp(`^${wanted.replace(/[+.]/g, '\\$&')}:\\n(?:.*\\n)*?\\s+Candidate: (?!\\(none\\))`, 'm').test(stdout);
    names.push(!hasCandidate(name) && hasCandidate(`${name}t64`) ? `${name}t64` : name);
  }
  return names;
}

/**
 * Installs Debian packages, or says the one line that does.
 * @param {string[]} packages
 * @param {string} why what is missing, as a sentence's start
 */
export async function installSystemPackages(packages, why) {
  const byHand = `apt-get update && apt-get install -y --no-install-recommends ${(await knownNames(packages)).join(' ')}`;
  if (!isRoot()) throw new SetupFailure(`${why}. Run this line, then the same command again:\n  sudo sh -c '${byHand}'`, 2);
  say(why);
  const updated = await apt(['update']);
  if (!updated) throw new SetupFailure(`${why}, and there is no apt-get here. Install what Debian calls: ${packages.join(' ')}`, 2);
  const result = await apt(['install', '-y', '--no-install-recommends', ...await knownNames(packages)]);
  if (result?.code !== 0) {
    throw new SetupFailure(`${why}, and apt-get could not install it:\n${result?.output.trim()}\nInstall it by hand, then run the same command again:\n  ${byHand}`, 2);
  }
}
