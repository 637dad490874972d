import { expect, test } from './studio.ts';

test('the page is sandboxed, isolated, without Node, and may reach nothing outside', async ({ studio }) => {
  const { app, page } = studio;
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents as Electron.WebContents & { getLastWebPreferences(): Electron.WebPreferences };
    const { sandbox, contextIsolation, nodeIntegration } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration };
  });
  expect(preferences).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  expect(page.url()).toMatch(/^app:\/\/unroll\//);
  expect(await page.evaluate(() => ({ require: 'require' in window, process: 'process' in window }))).toEqual({ require: false, process: false });
  expect(await page.evaluate(() => fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused'))).toBe('refused');
  // In a timer: what Playwright evaluates itself is free of the page's policy.
  expect(await page.evaluate(() => new Promise((resolve) => { setTimeout(() => { try { resolve(eval('1')); } catch (error) { resolve((error as Error).name); } }); }))).toBe('EvalError');
  expect(await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "inline"';
    document.head.append(script);
    return document.title;
  })).not.toBe('inline');
  expect(await page.evaluate(() => new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve('loaded');
    image.onerror = () => resolve('refused');
    image.src = 'http://127.0.0.1:9/x.png';
  }))).toBe('refused');
  expect(await page.evaluate(() => window.open('app://unroll/index.html') === null)).toBe(true);
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
});

test('the page cannot name a path of its own, and a wrong request is refused by its shape', async ({ studio }) => {
  const { page } = studio;
  const forged = await page.evaluate(() => window.unroll.openDropped(new File(['a,b\n1,2\n'], '/etc/passwd')));
  expect(forged).toMatchObject({ ok: false });
  const raw = await page.evaluate(() => (window.unroll.invoke as (channel: string, request: unknown) => Promise<unknown>)('dataset.openDropped', { path: '/etc/passwd' }).then(() => 'through', () => 'refused'));
  expect(raw).toBe('refused');
  const wrong = await page.evaluate(() => (window.unroll.invoke as (channel: string, request: unknown) => Promise<unknown>)('run.get', { id: 7 }));
  expect(wrong).toMatchObject({ ok: false, error: { code: 'ipc.request' } });
});

test('navigation away is denied', async ({ studio }) => {
  // Asked of main: Playwright's page would wait for the navigation that is denied.
  const after = await studio.app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const denied = new Promise<void>((resolve) => { webContents.once('will-navigate', () => resolve()); });
    await webContents.executeJavaScript("location.href = 'http://127.0.0.1:9/'; 0", true);
    await denied;
    return { url: webContents.getURL(), home: await webContents.executeJavaScript("document.querySelector('[data-testid=nav-home]') !== null") as boolean };
  });
  expect(after.url).toMatch(/^app:\/\/unroll\//);
  expect(after.home).toBe(true);
});
