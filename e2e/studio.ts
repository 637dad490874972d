import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';
import type { UnrollApi } from '../src/shared/contract.ts';
import { resolveElectron } from '../scripts/electron/resolve.mjs';

declare global {
  interface Window { unroll: UnrollApi }
}

export const root = join(import.meta.dirname, '..');
export const sampleFile = (name: string) => join(root, 'resources/samples', name);

/** The running studio: the real Electron, a data folder of its own. */
export class Studio {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly dataFolder: string;

  constructor(app: ElectronApplication, page: Page, dataFolder: string) {
    this.app = app;
    this.page = page;
    this.dataFolder = dataFolder;
  }

  /** Drops files from the system on the window, as a file manager does: the page gets Files with a path. */
  async drop(...files: string[]): Promise<void> {
    const cdp = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await cdp.send('Input.dispatchDragEvent', { type, x: 640, y: 420, data });
    await cdp.detach();
  }

  go(place: 'home' | 'data' | 'train' | 'runs' | 'lessons' | 'engines' | 'settings'): Promise<void> {
    return this.page.getByTestId(`nav-${place}`).click();
  }

  /** Fills a number field of the settings by the path of its setting. */
  async set(path: string, value: string | number): Promise<void> {
    await this.page.getByTestId(`field-${path}`).fill(String(value));
  }

  /** Starts training and waits for the run's end. */
  async train(): Promise<void> {
    await this.page.getByTestId('train-start').click();
    await expect(this.page.getByTestId('verdict')).toBeVisible({ timeout: 90_000 });
  }

  /** The process that trains, as the system knows it; null while none does. */
  trainerPid(): Promise<number | null> {
    return this.app.evaluate(({ app }) => app.getAppMetrics().find((metric) => metric.type === 'Utility' && (metric.serviceName === 'Unroll trainer' || metric.name === 'Unroll trainer'))?.pid ?? null);
  }

  async quit(): Promise<void> {
    await this.app.evaluate(({ dialog }) => { dialog.showMessageBoxSync = () => 0; });
    await this.app.close();
  }
}

/** Launches the studio; a second launch with the same folder is the person's next start. */
export async function launchStudio(dataFolder: string, args: string[] = []): Promise<Studio> {
  const electron = await resolveElectron({ quiet: true });
  const app = await _electron.launch({
    executablePath: electron.executablePath,
    args: [...electron.args, ...args],
    env: { ...(process.env as Record<string, string>), ...electron.env, UNROLL_DATA_DIR: dataFolder, LANG: 'en_US.UTF-8' },
  });
  const page = await app.firstWindow();
  await page.getByTestId('nav-home').waitFor();
  return new Studio(app, page, dataFolder);
}

export const test = base.extend<{ dataFolder: string; studio: Studio }>({
  dataFolder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'unroll-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  studio: async ({ dataFolder }, use) => {
    const studio = await launchStudio(dataFolder);
    await use(studio);
    await studio.quit();
  },
});
export { expect };
