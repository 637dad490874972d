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
    { label: words.file, submenu: [item(words.open, 'open', 'CmdOrCtrl+O'), item(words.pasteTable, 'paste'), separator, item(words.backUp, 'backup'), item(words.settings, 'place.settings', 'CmdOrCtrl+,'), separator, { role: 'quit', label: words.quit }] },
    // Entries one by one: Electron's own menus stay English in every language.
    {
      label: words.edit,
      submenu: [
        { role: 'undo', label: words.undo }, { role: 'redo', label: words.redo }, separator, { role: 'cut', label: words.cut }, { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste }, separator, { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.go,
      submenu: [
        item(words.home, 'place.home', 'CmdOrCtrl+1'), item(words.data, 'place.data', 'CmdOrCtrl+2'), item(words.train, 'place.train', 'CmdOrCtrl+3'),
        item(words.runs, 'place.runs', 'CmdOrCtrl+4'), item(words.lessons, 'place.lessons', 'CmdOrCtrl+5'), item(words.engines, 'place.engines'), separator, item(words.palette, 'palette', 'CmdOrCtrl+K'),
      ],
    },
    { label: words.run, submenu: [item(words.startTraining, 'train', 'CmdOrCtrl+Enter'), item(words.pauseTraining, 'pause', 'CmdOrCtrl+Shift+.'), item(words.stopTraining, 'stop', 'CmdOrCtrl+.')] },
    { label: words.view, submenu: [
      { role: 'resetZoom', label: words.resetZoom }, { role: 'zoomIn', label: words.zoomIn }, { role: 'zoomOut', label: words.zoomOut }, separator,
      { role: 'togglefullscreen', label: words.fullScreen }, { role: 'toggleDevTools', label: words.devTools },
    ] },
    { label: words.window, submenu: [{ role: 'minimize', label: words.minimize }, { role: 'close', label: words.close }] },
  ]));
}
