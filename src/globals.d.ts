// What every JavaScript runtime that we target has (Node, Electron, browsers), declared here so that the
// numeric folders compile with neither Node's nor the DOM's types: using anything else there is a type error.
interface TextDecoderOptions { fatal?: boolean; ignoreBOM?: boolean }
declare class TextDecoder {
  constructor(label?: string, options?: TextDecoderOptions);
  readonly encoding: string;
  decode(input?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}
declare class TextEncoder { encode(input?: string): Uint8Array<ArrayBuffer> }
declare const performance: { now(): number };
