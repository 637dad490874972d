/** Float64 numbers as bytes, little endian, which is the order of every machine that Electron and Node run on here. */
export function toBytes(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** A copy with its own memory: a blob need not begin at a multiple of 8. @throws RangeError for a length that is no multiple of 8 */
export function toFloats(bytes: Uint8Array): Float64Array<ArrayBuffer> {
  return new Float64Array(new Uint8Array(bytes).buffer);
}
