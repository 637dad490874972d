import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, MessageChannelMain, utilityProcess, type ForkOptions, type MessagePortMain, type UtilityProcess } from 'electron';
import type { EngineStatus } from '../shared/contract.ts';
import { APP_ORIGIN } from './protocol.ts';

// WebGPU is a window's: trainers that want it get a hidden, sandboxed window of their own, which goes with them. docs/adr/0012.

/** Milliseconds in which a GPU has to answer what it is. */
const PROBE_PATIENCE = 15_000;

/** What a trainer says that needs the GPU. */
export interface GpuWish { type: 'needGpu' }

const windows = new Set<BrowserWindow>();
/** What the GPU said it is; trainers are told, so that no window is opened only to ask. */
let known: EngineStatus | null = null;
let probing: Promise<EngineStatus> | null = null;
/** Why there can be no WebGPU, known without asking; null: it is asked. */
let hopeless: string | null = null;

const driverFolders = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/run/opengl-driver/share/vulkan/icd.d', '/usr/lib/x86_64-linux-gnu/GL/vulkan/icd.d'];

/** A GPU, and a driver of Vulkan for hardware; without them, asking Chromium for Vulkan gains nothing. */
function hasVulkanDriver(): boolean {
  const names = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
  if (!names('/dev').some((name) => /^nvidia\d/.test(name)) && !names('/dev/dri').some((name) => name.startsWith('renderD'))) return false;
  if (process.env['VK_DRIVER_FILES'] !== undefined || process.env['VK_ICD_FILENAMES'] !== undefined) return true;
  return driverFolders.some((folder) => names(folder).some((name) => /nvidia|radeon|intel|amd|asahi|nouveau|broadcom|freedreno/i.test(name)));
}

/**
 * Before the app is ready: on Linux Chromium keeps WebGPU behind switches, which only pages of our own see here.
 * UNROLL_WEBGPU: "off" leaves it alone, "swiftshader" takes a GPU made of software (the tests do).
 */
export function allowWebGpu(): void {
  const wish = process.env['UNROLL_WEBGPU'];
  if (wish === 'off') hopeless = 'It is turned off (UNROLL_WEBGPU=off).';
  else if (process.platform === 'linux' && wish !== 'swiftshader' && !hasVulkanDriver()) hopeless = 'There is no GPU with a Vulkan driver.';
  if (process.platform !== 'linux' || hopeless !== null) return;
  if (wish === 'swiftshader') app.commandLine.appendSwitch('use-vulkan', 'swiftshader');
  app.commandLine.appendSwitch('enable-unsafe-webgpu');
  // Beside what somebody gave on the command line.
  app.commandLine.appendSwitch('enable-features', [app.commandLine.getSwitchValue('enable-features'), 'Vulkan'].filter((name) => name !== '').join(','));
}

/** Opens a hidden window and a line to it. @param onGone the window died or was closed */
function open(onGone: () => void): { port: MessagePortMain; window: BrowserWindow } {
  const window = new BrowserWindow({
    show: false, title: 'Unroll GPU', skipTaskbar: true,
    webPreferences: { preload: join(import.meta.dirname, '../preload/gpu.cjs'), sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, spellcheck: false, backgroundThrottling: false },
  });
  windows.add(window);
  const { port1, port2 } = new MessageChannelMain();
  window.webContents.once('did-finish-load', () => window.webContents.postMessage('gpu-port', null, [port2]));
  window.webContents.on('render-process-gone', () => { if (!window.isDestroyed()) window.destroy(); });
  window.once('closed', () => {
    windows.delete(window);
    onGone();
  });
  void window.loadURL(`${APP_ORIGIN}/gpu.html`);
  return { port: port1, window };
}

/** Starts the trainer's script; a hidden window with the GPU is opened for it when it asks for one, and closed with it. */
export function forkTrainer(entry: string, options: ForkOptions): UtilityProcess {
  const child = utilityProcess.fork(entry, [], { ...options, env: { ...process.env, ...(known === null ? {} : { UNROLL_GPU_PROBE: JSON.stringify(known) }) } as Record<string, string> });
  let window: BrowserWindow | null = null;
  let isOver = false;
  child.on('message', (message: { type?: string }) => {
    if (message.type !== 'needGpu' || isOver) return;
    // Asked again: the line to the window before has closed.
    if (window !== null && !window.isDestroyed()) window.destroy();
    const opened = open(() => {
      if (!isOver) child.postMessage({ type: 'gpuGone' });
    });
    ({ window } = opened);
    child.postMessage({ type: 'gpuPort' }, [opened.port]);
  });
  child.once('exit', () => {
    isOver = true;
    if (window !== null && !window.isDestroyed()) window.destroy();
  });
  return child;
}

/** What WebGPU finds on this machine; asked once, then remembered. */
export function probeGpu(): Promise<EngineStatus> {
  probing ??= (hopeless === null ? ask() : Promise.resolve(none(hopeless))).then((status) => {
    known = status;
    return status;
  });
  return probing;
}

/** It is asked anew. */
export function forgetGpu(): void { probing = null; }

const none = (reason: string): EngineStatus => ({ name: 'webgpu', available: false, device: null, reason, facts: {} });

function ask(): Promise<EngineStatus> {
  return new Promise((resolve) => {
    const end = (status: EngineStatus) => {
      clearTimeout(patience);
      resolve(status);
      if (!window.isDestroyed()) window.destroy();
    };
    const patience = setTimeout(() => end(none('The GPU did not answer in time.')), PROBE_PATIENCE);
    const { port, window } = open(() => end(none('The process that works on the GPU ended unexpectedly.')));
    port.on('message', ({ data }: { data: { ok: boolean; value?: { available: boolean; device?: string; reason?: string; facts?: EngineStatus['facts'] }; error?: { message: string } } }) => {
      if (!data.ok || data.value === undefined) end(none(data.error?.message ?? ''));
      else if (data.value.available) end({ name: 'webgpu', available: true, device: data.value.device ?? null, reason: null, facts: data.value.facts ?? {} });
      else end(none(data.value.reason ?? ''));
    });
    port.start();
    port.postMessage({ id: 1, call: 'probe' });
  });
}

/** Closes every hidden window: the app's own has been closed. */
export function closeGpuWindows(): void {
  for (const window of windows) window.destroy();
}
