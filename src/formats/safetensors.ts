import { inputError } from '../shared/errors.ts';

/**
 * safetensors: 8 bytes little endian length of the header, the header in JSON, then the bytes of the tensors.
 * Source: https://github.com/huggingface/safetensors#format. F32 and F64 are written; F16 and BF16 are read too.
 */
export interface SafeTensor { shape: readonly number[]; values: Float32Array }
export interface SafeTensors { tensors: Record<string, SafeTensor>; metadata: Record<string, string> }

/** A tensor as it lies in the file. */
export interface RawTensor { dtype: string; shape: readonly number[]; bytes: Uint8Array }

const MAX_HEADER = 100_000_000;
const MAX_DIMENSIONS = 8;
/** Bytes of a value. */
const widths: Record<string, number> = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, U64: 8, I32: 4, U32: 4, I16: 2, U16: 2, I8: 1, U8: 1, BOOL: 1 };

/** @returns the file's bytes; names are written in sorted order, so equal content gives equal bytes */
export function encodeSafetensors({ tensors, metadata }: { tensors: Record<string, { shape: readonly number[]; values: Float32Array | Float64Array }>; metadata: Record<string, string> }): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header['__metadata__'] = metadata;
  const names = Object.keys(tensors).sort();
  let offset = 0;
  for (const name of names) {
    const { shape, values } = tensors[name]!;
    header[name] = { dtype: values instanceof Float64Array ? 'F64' : 'F32', shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
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
    const { values } = tensors[name]!;
    const isDouble = values instanceof Float64Array;
    for (const value of values) {
      if (isDouble) view.setFloat64(at, value, true);
      else view.setFloat32(at, value, true);
      at += isDouble ? 8 : 4;
    }
  }
  return bytes;
}

function damaged(reason: string) {
  return inputError('safetensors.damaged', `The safetensors file cannot be read: ${reason}.`, { details: { reason } });
}

/** A name as a sentence may show it. */
const shown = (name: string) => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

/**
 * The tensors of a file as views of its bytes. Nothing is trusted: lengths, shapes, types and offsets are checked first, and no two
 * tensors may share bytes, so that what is read is never larger than the file.
 * @throws inputError 'safetensors.damaged' with the reason
 */
export function readSafetensors(bytes: Uint8Array): { tensors: Record<string, RawTensor>; metadata: Record<string, string> } {
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
  const tensors = new Map<string, RawTensor>();
  const metadata = new Map<string, string>();
  const places: { name: string; from: number; to: number }[] = [];
  const body = bytes.subarray(8 + length);
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, value] of Object.entries((entry ?? {}) as object)) if (typeof value === 'string') metadata.set(key, value);
      continue;
    }
    const { from, to, ...tensor } = placeOf(name, entry, body.length);
    tensors.set(name, { ...tensor, bytes: body.subarray(from, to) });
    if (to > from) places.push({ name, from, to });
  }
  places.sort((a, b) => a.from - b.from);
  places.forEach(({ name, from }, i) => {
    const before = places[i - 1];
    if (before !== undefined && before.to > from) throw damaged(`the tensors ${shown(before.name)} and ${shown(name)} lie in the same place`);
  });
  return { tensors: Object.fromEntries(tensors), metadata: Object.fromEntries(metadata) };
}

function placeOf(name: string, entry: unknown, room: number): { dtype: string; shape: number[]; from: number; to: number } {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  const isSize = (n: unknown): n is number => typeof n === 'number' && Number.isSafeInteger(n) && n >= 0;
  const width = typeof dtype === 'string' && Object.hasOwn(widths, dtype) ? widths[dtype]! : null;
  if (width === null) throw damaged(`tensor ${shown(name)} has the type ${shown(String(dtype))}, which is not known`);
  if (!Array.isArray(shape) || shape.length > MAX_DIMENSIONS || !shape.every(isSize) || !Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) throw damaged(`tensor ${shown(name)} has no valid shape`);
  const [from, to] = offsets as [number, number];
  const count = (shape as number[]).reduce((a, b) => a * b, 1);
  if (from > to || to > room || to - from !== count * width) throw damaged(`tensor ${shown(name)} does not fit its place in the file`);
  return { dtype: dtype as string, shape: shape as number[], from, to };
}

/** A half-precision number (IEEE 754 binary16) as a number. */
function halfOf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The values of a tensor in single precision. @throws inputError 'safetensors.damaged' for whole numbers */
export function floatsOf(name: string, { dtype, bytes }: RawTensor): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fill = (width: number, value: (at: number) => number) => {
    const values = new Float32Array(bytes.length / width);
    for (let i = 0; i < values.length; i++) values[i] = value(width * i);
    return values;
  };
  switch (dtype) {
    case 'F32': return fill(4, (at) => view.getFloat32(at, true));
    case 'F64': return fill(8, (at) => view.getFloat64(at, true));
    case 'F16': return fill(2, (at) => halfOf(view.getUint16(at, true)));
    case 'BF16': {
      const values = new Float32Array(bytes.length / 2);
      const bits = new Uint32Array(values.buffer);
      for (let i = 0; i < bits.length; i++) bits[i] = view.getUint16(2 * i, true) << 16;
      return values;
    }
    default: throw damaged(`tensor ${shown(name)} has the type ${dtype}; weights are F32, F64, F16 or BF16`);
  }
}

/** The values of a tensor in double precision, which it must have. @throws inputError 'safetensors.damaged' */
export function doublesOf(name: string, tensor: RawTensor | undefined): Float64Array {
  if (tensor?.dtype !== 'F64') throw damaged(`tensor ${shown(name)} is ${tensor === undefined ? 'missing' : `${tensor.dtype}, not F64`}`);
  const { bytes } = tensor;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(bytes.length / 8);
  for (let i = 0; i < values.length; i++) values[i] = view.getFloat64(8 * i, true);
  return values;
}

/** A file whose tensors are all F32. @throws inputError 'safetensors.damaged' with the reason */
export function decodeSafetensors(bytes: Uint8Array): SafeTensors {
  const { tensors, metadata } = readSafetensors(bytes);
  return {
    metadata,
    tensors: Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => {
      if (tensor.dtype !== 'F32') throw damaged(`tensor ${shown(name)} has the type ${tensor.dtype}, not F32`);
      return [name, { shape: tensor.shape, values: floatsOf(name, tensor) }];
    })),
  };
}
