/**
 * The part of the global WebAssembly that the backend needs, typed here because the engine compiles with neither Node's
 * nor the DOM's types.
 */
export interface LinearMemory { readonly buffer: ArrayBuffer | SharedArrayBuffer; grow(pages: number): number }

interface Host {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => { exports: unknown };
  Memory: new (limits: { initial: number; maximum?: number; shared?: boolean }) => LinearMemory;
}

export const host = (globalThis as unknown as { WebAssembly?: Host }).WebAssembly;

export const PAGE = 65536;
/** Bytes that a 32-bit memory can hold. */
export const MEMORY_LIMIT = 65536 * PAGE;

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of a base64 text with its padding. */
export function fromBase64(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let i = 0; i < DIGITS.length; i++) values[DIGITS.charCodeAt(i)] = i;
  const length = (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  const bytes = new Uint8Array(length);
  const digit = (i: number): number => values[text.charCodeAt(i)]!;
  for (let i = 0, o = 0; i < text.length; i += 4, o += 3) {
    const word = (digit(i) << 18) | (digit(i + 1) << 12) | (digit(i + 2) << 6) | digit(i + 3);
    bytes[o] = word >> 16;
    if (o + 1 < length) bytes[o + 1] = word >> 8;
    if (o + 2 < length) bytes[o + 2] = word;
  }
  return bytes;
}
