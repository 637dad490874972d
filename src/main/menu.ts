import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { PushPayload } from '../shared/contract.ts';
import type { Words } from './words.ts';

type Command = PushPayload<'app.command'>;

/** The application menu: the usual entries, and the studio's actions as commands for the window. */
export function setMenu(words: Words, send: (command: Command) => void): void {
  const item = (label: string, command: Command, accelerator?: string): MenuItemConstructorOptions => ({
    label, click: () => send(command), ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  Menu.setApplicationMenu(Menu.buildFromTemplate([
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: words.file, submenu: [item(words.open, 'open', 'CmdOrCtrl+O'), separator, item(words.settings, 'place.settings', 'CmdOrCtrl+,'), separator, { role: 'quit', label: words.quit }] },
    { label: words.edit, role: 'editMenu' },
    {
      label: words.go,
      submenu: [
        item(words.home, 'place.home', 'CmdOrCtrl+1'), item(words.data, 'place.data', 'CmdOrCtrl+2'), item(words.train, 'place.train', 'CmdOrCtrl+3'),
        item(words.runs, 'place.runs', 'CmdOrCtrl+4'), item(words.engines, 'place.engines'), separator, item(words.palette, 'palette', 'CmdOrCtrl+K'),
      ],
    },
    { label: words.run, submenu: [item(words.startTraining, 'train', 'CmdOrCtrl+Enter'), item(words.stopTraining, 'stop', 'CmdOrCtrl+.')] },
    { label: words.view, submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, separator, { role: 'togglefullscreen' }, { role: 'toggleDevTools' }] },
    { label: words.window, role: 'windowMenu' },
  ]));
}
