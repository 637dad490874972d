export { decodeUnroll, named, readManifest, type UnrollArchive } from './decode.ts';
export { encodeUnroll, type Entries, type UnrollFacts } from './encode.ts';
export { UNROLL_VERSION, unrollManifestSchema, type UnrollManifest } from './manifest.ts';
