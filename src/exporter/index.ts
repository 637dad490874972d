export { exportableOf, type Exportable, type ExportSource } from './exportable.ts';
export { makeExport, TOLERANCE, type MadeExport, type Proof } from './formats.ts';
export { predictionOf, type Prediction } from './predict.ts';
export { marked } from './tables.ts';
export { runExport } from './run.ts';
export { writeExport, writeFileWhole } from './write.ts';
export { readUnroll, readUnrollFile, sha256 } from './unroll.ts';
