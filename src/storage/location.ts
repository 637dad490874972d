import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of the studio's database: where Electron puts it too, so that app and command line share one. */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform, home = homedir()): string {
  if (env['UNROLL_DATA_DIR']) return env['UNROLL_DATA_DIR'];
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'unroll');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'unroll');
  return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'unroll');
}
