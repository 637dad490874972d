import { ipcMain, type BrowserWindow } from 'electron';
import { channels, pushes, type Channel, type Push, type PushPayload, type Reply, type Request, type Response } from '../shared/contract.ts';
import { environmentError, inputError, toErrorData } from '../shared/errors.ts';
import { isOwnFrame } from './security.ts';

export type Handler<C extends Channel> = (request: Request<C>, window: BrowserWindow) => Promise<Response<C>> | Response<C>;
export type Handlers = { [C in Channel]: Handler<C> };

/** Main's end of every channel: the sender's frame is checked first, then the shape of the request. */
export function serveChannels(handlers: Handlers, windowOf: (contents: Electron.WebContents) => BrowserWindow | null): void {
  for (const channel of Object.keys(channels) as Channel[]) serve(channel, handlers, windowOf);
}

function serve<C extends Channel>(channel: C, handlers: Handlers, windowOf: (contents: Electron.WebContents) => BrowserWindow | null): void {
  const handler = handlers[channel] as Handler<C>;
  ipcMain.handle(channel, async (event, request: unknown): Promise<Reply<C>> => {
    const window = windowOf(event.sender);
    if (!isOwnFrame(event.senderFrame) || window === null) {
      return { ok: false, error: environmentError('ipc.sender', 'The request did not come from the studio\'s own page.').data };
    }
    const parsed = channels[channel].request.safeParse(request);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const field = issue?.path.map(String).join('.') ?? '';
      return { ok: false, error: inputError('ipc.request', `The request ${channel} is not valid: ${field} ${issue?.message ?? ''}.`, { field }).data };
    }
    try {
      return { ok: true, value: await handler(parsed.data as Request<C>, window) };
    } catch (error) {
      return { ok: false, error: toErrorData(error) };
    }
  });
}

/** Tells the window something; nothing happens when it is gone. */
export function push<P extends Push>(window: BrowserWindow | null, name: P, payload: PushPayload<P>): void {
  if (window === null || window.isDestroyed()) return;
  window.webContents.send(name, pushes[name].parse(payload));
}
