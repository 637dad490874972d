import { BrowserWindow, nativeTheme, screen } from 'electron';
import { z } from 'zod';
import { APP_ORIGIN } from './protocol.ts';

export const placeSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(400), height: z.int().min(300), maximized: z.boolean() });
export type WindowPlace = z.infer<typeof placeSchema>;

/** Where the window was, unless that is no longer on a screen. */
function visible(place: WindowPlace | null): Partial<WindowPlace> {
  if (place === null) return {};
  const { workArea } = screen.getDisplayMatching(place);
  const inside = place.x < workArea.x + workArea.width - 100 && place.x + place.width > workArea.x + 100
    && place.y >= workArea.y - 10 && place.y < workArea.y + workArea.height - 100;
  return inside ? place : { width: place.width, height: place.height };
}

/** @param remember is told the window's place when it closes */
export function createWindow(preload: string, place: WindowPlace | null, remember: (place: WindowPlace) => void): BrowserWindow {
  const { maximized, ...bounds } = visible(place);
  const window = new BrowserWindow({
    width: 1280, height: 840, ...bounds, minWidth: 960, minHeight: 640, show: false, title: 'Unroll',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#18181b' : '#ffffff',
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, spellcheck: false },
  });
  if (maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => remember({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
  // A page that died is loaded again: everything that matters is in main and in the database.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}
