import { connect } from 'node:net';
import { join } from 'node:path';

/**
 * Where an X server named by DISPLAY listens, in the order in which Xlib tries it.
 * @param {string} display such as ":0", "unix:1.0", "host:10.0"
 * @returns {import('node:net').NetConnectOpts[]}
 */
export function xAddresses(display) {
  const match = /^(?:(?<host>[^:/]*)(?:\/unix)?):(?<number>\d+)(?:\.\d+)?$/.exec(display);
  if (!match?.groups) return [];
  const number = Number(match.groups.number);
  const socket = `/tmp/.X11-unix/X${number}`;
  if (match.groups.host && match.groups.host !== 'unix') return [{ host: match.groups.host, port: 6000 + number }];
  return [{ path: `\0${socket}` }, { path: socket }];
}

/** @param {import('node:net').NetConnectOpts} address */
function answers(address) {
  return new Promise((fulfil) => {
    const socket = connect(address);
    const end = (result) => { socket.destroy(); fulfil(result); };
    socket.setTimeout(2_000, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/**
 * The screen that a window can open on.
 * @param {Record<string, string | undefined>} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {Promise<{ kind: 'native' | 'x11' | 'wayland' } | { kind: 'none', reason: string }>}
 */
export async function findDisplay(env = process.env, platform = process.platform) {
  if (platform !== 'linux') return { kind: 'native' };
  if (env.DISPLAY) {
    for (const address of xAddresses(env.DISPLAY)) if (await answers(address)) return { kind: 'x11' };
  }
  if (env.WAYLAND_DISPLAY) {
    const path = env.WAYLAND_DISPLAY.startsWith('/') ? env.WAYLAND_DISPLAY : join(env.XDG_RUNTIME_DIR ?? '/run/user/0', env.WAYLAND_DISPLAY);
    if (await answers({ path })) return { kind: 'wayland' };
  }
  const named = [env.DISPLAY && `DISPLAY=${env.DISPLAY}`, env.WAYLAND_DISPLAY && `WAYLAND_DISPLAY=${env.WAYLAND_DISPLAY}`].filter(Boolean);
  return { kind: 'none', reason: named.length > 0 ? `${named.join(' and ')} cannot be connected to` : 'neither DISPLAY nor WAYLAND_DISPLAY is set' };
}
