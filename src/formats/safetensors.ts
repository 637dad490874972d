import { inputError } from '../shared/errors.ts';

/**
 * safetensors: 8 bytes little endian length of the header, the header in JSON, then the bytes of the tensors.
 * Source: https://github.com/huggingface/safetensors#format. Only F32 is written and read here.
 */
export interface SafeTensor { shape: readonly number[]; values: Float32Array }
export interface SafeTensors { tensors: Record<string, SafeTensor>; metadata: Record<string, string> }

const MAX_HEADER = 100_000_000;

/** @returns the file's bytes; names are written in sorted order, so equal content gives equal bytes */
export function encodeSafetensors({ tensors, metadata }: SafeTensors): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header['__metadata__'] = metadata;
  const names = Object.keys(tensors).sort();
  let offset = 0;
  for (const name of names) {
    const { shape, values } = tensors[name]!;
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.length * 4] };
    offset += values.length * 4;
  }
  let text = new TextEncoder().encode(JSON.stringify(header));
  // The tensors begin on a multiple of 8, as the reference writer does; the header may end in spaces.
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  text = padded;
  const bytes = new Uint8Array(8 + text.length + offset);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  let at = 8 + text.length;
  for (const name of names) {
    for (const value of tensors[name]!.values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

function damaged(reason: string) {
  return inputError('safetensors.damaged', `The safetensors file cannot be read: ${reason}.`, { details: { reason } });
}

/** @throws inputError 'safetensors.damaged' with the reason; nothing is trusted: lengths, shapes and offsets are checked first */
export function decodeSafetensors(bytes: Uint8Array): SafeTensors {
  if (bytes.length < 8) throw damaged('it is shorter than its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER || 8 + length > bytes.length) throw damaged('its header is longer than the file');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch {
    throw damaged('its header is not JSON');
  }
  if (header === null || typeof header !== 'object' || Array.isArray(header)) throw damaged('its header is not an object');
  const result: SafeTensors = { tensors: {}, metadata: {} };
  const room = bytes.length - 8 - length;
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, value] of Object.entries(entry as object)) if (typeof value === 'string') result.metadata[key] = value;
      continue;
    }
    result.tensors[name] = readTensor(name, entry, view, 8 + length, room);
  }
  return result;
}

function readTensor(name: string, entry: unknown, view: DataView, base: number, room: number): SafeTensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  const isSize = (n: unknown): n is number => typeof n === 'number' && Number.isSafeInteger(n) && n >= 0;
  if (dtype !== 'F32') throw damaged(`tensor ${name} has the type ${String(dtype)}, not F32`);
  if (!Array.isArray(shape) || !shape.every(isSize) || !Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) throw damaged(`tensor ${name} has no valid shape`);
  const [from, to] = offsets as [number, number];
  const count = (shape as number[]).reduce((a, b) => a * b, 1);
  if (to > room || to - from !== count * 4) throw damaged(`tensor ${name} does not fit its place in the file`);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = view.getFloat32(base + from + 4 * i, true);
  return { shape: shape as number[], values };
}
