export { checkSource, type NotedSource, type SourceState } from './check.ts';
export { keepTable, sweepKept, MAX_IN_DATABASE } from './kept.ts';
export { openSource, sha256, tableOf, type Opened } from './open.ts';
export { restoreTable, type StoredSource } from './restore.ts';
export { decodedText, isProse, isTextFile, keepText, openText, restoreText, type OpenedText } from './text.ts';
