import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app, BrowserWindow, dialog, Notification } from 'electron';
import { toErrorData } from '../shared/errors.ts';
import type { RunEvent } from '../shared/run.ts';
import { allowWebGpu, closeGpuWindows } from './gpu-window.ts';
import { makeHandlers, type Studio } from './handlers.ts';
import { notificationOf } from './notification.ts';
import { push, serveChannels } from './ipc.ts';
import { setMenu } from './menu.ts';
import { registerScheme, serveRenderer } from './protocol.ts';
import { lockDown } from './security.ts';
import { openStudio } from './studio.ts';
import { createWindow, placeSchema } from './window.ts';
import { wordsFor } from './words.ts';

app.setName('unroll');
const dataFolder = process.env['UNROLL_DATA_DIR'] ?? join(app.getPath('appData'), 'unroll');
// Chromium's own files lie apart, so that the folder with the database stays readable for a person.
app.setPath('userData', dataFolder);
app.setPath('sessionData', join(dataFolder, 'session'));
registerScheme();
allowWebGpu();

let window: BrowserWindow | null = null;
let studio: Studio | null = null;

function tell(event: RunEvent): void {
  push(window, 'run.event', event);
  if (event.type === 'progress') window?.setProgressBar((event.epoch - 1 + event.batch / event.batches) / event.epochs);
  else if (event.type === 'ended' || event.type === 'unsaved') window?.setProgressBar(-1);
  notify(event);
}

/** Tells the end of a run by the system's own means when the window is not in front; a click brings it there. */
function notify(event: RunEvent): void {
  if (studio === null || window === null || !Notification.isSupported()) return;
  const told = notificationOf(event, window.isFocused() && window.isVisible(), studio.words());
  if (told === null || studio.settings().notify === false) return;
  const notification = new Notification({ title: told.title, body: told.body });
  notification.on('click', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.show();
    window?.focus();
    push(window, 'run.show', { id: told.runId });
  });
  notification.show();
}

/** The last argument that is a file, or by its name meant to be one: not Electron's or Chromium's own, nor the app itself. */
function fileArgument(argv: readonly string[], folder: string): string | null {
  const path = argv.slice(1).findLast((argument) => !argument.startsWith('-'));
  if (path === undefined) return null;
  const absolute = resolve(folder, path);
  // A table that is not there is told like any other file that cannot be read.
  return (existsSync(absolute) || /\.(csv|tsv|txt|md|dat|parquet|jsonl?|ndjson|xlsx|gz)$/i.test(absolute)) && absolute !== app.getAppPath() ? absolute : null;
}

async function openFile(path: string): Promise<void> {
  if (studio === null) return;
  try {
    push(window, 'dataset.opened', { ok: true, dataset: await studio.datasets.open(path, null) });
  } catch (error) {
    push(window, 'dataset.opened', { ok: false, error: toErrorData(error) });
  }
}

function openWindow(opened: Studio): void {
  const place = opened.storage.settings.get('window', placeSchema.nullable(), null);
  window = createWindow(join(import.meta.dirname, '../preload/index.cjs'), place, (now) => opened.storage.settings.set('window', now));
  window.on('closed', () => {
    window = null;
    // They would keep the app open.
    closeGpuWindows();
  });
  window.on('close', (event) => {
    if (opened.supervisor.runningId === null || confirmInterrupt(opened)) return;
    event.preventDefault();
  });
}

/** Asks only because a run would be interrupted. */
function confirmInterrupt(opened: Studio): boolean {
  if (window === null) return true;
  const words = opened.words();
  return dialog.showMessageBoxSync(window, {
    type: 'question', message: words.quitAsk, detail: words.quitDetail, buttons: [words.quitAnyway, words.stay], defaultId: 1, cancelId: 1,
  }) === 0;
}

async function start(): Promise<void> {
  await app.whenReady();
  lockDown();
  serveRenderer(join(import.meta.dirname, '../renderer'));
  try {
    studio = openStudio(dataFolder, {
      tell, tellTask: (task) => push(window, 'storage.task', task), tellQueue: (queue) => push(window, 'queue.changed', queue),
      tellPiece: (ask, text) => push(window, 'playground.piece', { ask, text }), tellExperiment: (progress) => push(window, 'insight.progress', progress), tellInstall: (progress) => push(window, 'engine.progress', progress),
      tellExport: (stage) => push(window, 'export.stage', stage),
    });
  } catch (error) {
    const { message, hint } = toErrorData(error);
    dialog.showErrorBox('Unroll', [message, hint].filter(Boolean).join('\n\n'));
    app.exit(1);
    return;
  }
  const opened = studio;
  opened.datasets.onProgress((share, of) => push(window, of === 'reading' ? 'dataset.reading' : 'dataset.examined', share));
  opened.applySettings(opened.settings());
  const apply = opened.applySettings;
  const menu = () => setMenu(opened.words(), (command) => push(window, 'app.command', command));
  opened.applySettings = (settings) => {
    apply(settings);
    menu();
  };
  menu();
  serveChannels(makeHandlers(opened), (contents) => BrowserWindow.fromWebContents(contents));
  openWindow(opened);
  const path = fileArgument(process.argv, process.cwd());
  if (path !== null) window?.webContents.once('did-finish-load', () => void openFile(path));
  app.on('activate', () => { if (window === null) openWindow(opened); });
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The lock of the first window is a file too: without this the studio would take itself for a second start and end in silence. */
async function refuseFolder(): Promise<void> {
  await app.whenReady();
  dialog.showErrorBox('Unroll', wordsFor(app.getLocale()).folderNotWritable.replace('{folder}', dataFolder));
  app.exit(1);
}

if (!isWritable(dataFolder)) {
  void refuseFolder();
} else if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, folder) => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
    const path = fileArgument(argv, folder);
    if (path !== null) void openFile(path);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void app.whenReady().then(() => openFile(path));
  });
  app.on('window-all-closed', () => { if (process.platform !== 'darwin') app.quit(); });
  let resting = false;
  app.on('will-quit', (event) => {
    if (studio === null) return;
    if (studio.supervisor.runningId === null) { studio.close(); return; }
    // First the run in training keeps what it has learnt.
    event.preventDefault();
    if (resting) return;
    resting = true;
    void studio.rest().finally(() => app.quit());
  });
  void start();
} else {
  app.quit();
}
