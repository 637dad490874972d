/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean, os?: string | string[], cpu?: string | string[], libc?: string | string[] }} LockedPackage
 * @typedef {{ platform: string, arch: string, libc: string | undefined }} Machine
 */

/**
 * npm's rule for os, cpu and libc: a list of allowed names, or of refused ones with an exclamation mark.
 * @param {string | string[] | undefined} rule
 * @param {string | undefined} value
 */
function allows(rule, value) {
  if (rule === undefined) return true;
  const names = Array.isArray(rule) ? rule : [rule];
  if (value === undefined || names.includes(`!${value}`)) return false;
  const allowed = names.filter((name) => !name.startsWith('!'));
  return allowed.length === 0 || allowed.includes(value) || allowed.includes('any');
}

/**
 * The packages of a lock file that have to be in place on a machine. An optional package counts where it names the
 * machines that it is for and this is one: those are the native parts that Vite, Tailwind and Node itself run on.
 * @param {Record<string, LockedPackage>} packages "packages" of package-lock.json
 * @param {Machine} machine
 * @returns {string[]} their folders, as node_modules/...
 */
export function expectedPackages(packages, machine) {
  return Object.keys(packages).filter((path) => {
    if (path === '') return false;
    const { optional, os, cpu, libc } = packages[path];
    if (!optional) return true;
    return (os !== undefined || cpu !== undefined) && allows(os, machine.platform) && allows(cpu, machine.arch) && allows(libc, machine.libc);
  });
}

/**
 * The expected packages that npm has not put there as locked.
 * @param {string[]} expected
 * @param {Record<string, LockedPackage>} locked
 * @param {Record<string, LockedPackage>} installed "packages" of node_modules/.package-lock.json, which npm writes last
 * @param {(path: string) => boolean} isThere whether a package's folder is really there
 */
export function missingPackages(expected, locked, installed, isThere) {
  return expected.filter((path) =>
    installed[path]?.version !== locked[path]?.version || installed[path]?.integrity !== locked[path]?.integrity || !isThere(path));
}
