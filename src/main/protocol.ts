import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

export const APP_ORIGIN = 'app://unroll';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.json': 'application/json',
};

/** @param script what scripts may do besides */
const policy = (script: string) => [
  "default-src 'none'", `script-src 'self'${script}`, "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:",
  "connect-src 'self'", "form-action 'none'", "frame-ancestors 'none'", "base-uri 'none'",
].join('; ');

/** Before the app is ready: app:// is a standard, secure scheme of our own, so that pages need neither file:// nor http. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the files below `folder` under app://unroll/ and nothing else. */
export function serveRenderer(folder: string): void {
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    const path = normalize(join(folder, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
    if (host !== 'unroll' || request.method !== 'GET' || !path.startsWith(folder + sep)) return new Response(null, { status: 403 });
    try {
      return new Response(new Uint8Array(await readFile(path)), {
        headers: {
          'content-type': types[extname(path)] ?? 'application/octet-stream',
          // The page of the GPU window computes what is only looked at with the kernels in WebAssembly.
          'content-security-policy': policy(pathname === '/gpu.html' ? " 'wasm-unsafe-eval'" : ''),
          'x-content-type-options': 'nosniff',
        },
      });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}
