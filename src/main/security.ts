import { app, session } from 'electron';
import { APP_ORIGIN } from './protocol.ts';

/** Denies what the studio never needs: other pages, windows, web views, permissions, and the network. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !['app:', 'devtools:', 'data:', 'blob:'].includes(new URL(details.url).protocol) });
  });
}

/** Whether a message comes from the studio's own page in its own top frame. */
export function isOwnFrame(frame: Electron.WebFrameMain | null): boolean {
  // Not the URL's origin: Node knows none for a scheme of one's own.
  return frame !== null && frame.parent === null && frame.url.startsWith(`${APP_ORIGIN}/`);
}
