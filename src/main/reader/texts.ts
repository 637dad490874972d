import { gunzipSync, gzipSync } from 'node:zlib';
import { decodeText, pastedText, textFacts, textProblem, type DecodedText, type Table } from '../../data/index.ts';
import { cellAt, columnIndex } from '../../data/table.ts';
import type { Sampling } from '../../shared/dataset.ts';
import { environmentError } from '../../shared/errors.ts';
import { decodedText, keepText, MAX_IN_DATABASE, openText, restoreText, sha256, type StoredSource } from '../../sources/index.ts';
import type { OpenedFacts } from './protocol.ts';

/** Texts kept in memory; the least recently used goes first. */
const KEPT = 3;

/** Texts in the reader thread, by the hash of what they were read from. */
export class Texts {
  readonly #folder: string;
  readonly #texts = new Map<string, string>();

  /** @param folder of texts that are too large for the database */
  constructor(folder: string) { this.#folder = folder; }

  openFile(path: string, sampling: Sampling | null): OpenedFacts {
    const { file, decoded, sha256: key, bytes } = openText(path, sampling);
    return this.#opened(key, file.name, decoded, bytes, file.size, file.modifiedAt, null);
  }

  openPasted(text: string, name: string): OpenedFacts {
    const decoded = pastedText(text);
    const bytes = new TextEncoder().encode(decoded.text);
    return this.#opened(sha256(bytes), name, decoded, bytes, bytes.length, null, null);
  }

  /** A stored table read as a text. */
  openStored({ content, ...source }: StoredSource): OpenedFacts {
    if (content === null) return this.#fromSource(source);
    const bytes = new Uint8Array(gunzipSync(content));
    return this.#opened(source.key, source.name, decodedText(bytes, source.name), bytes, bytes.length, null, null);
  }

  #fromSource({ path, sampling, name }: Omit<StoredSource, 'content'>): OpenedFacts {
    if (path === null) throw environmentError('dataset.copy-gone', `The stored copy of "${name}" is not there, and its file is no longer the same.`, { hint: 'Open the file again.', details: { name } });
    return this.openFile(path, sampling);
  }

  /** @throws inputError 'data.unknown-column' */
  ofColumn(table: Table, column: string, name: string): OpenedFacts {
    const c = columnIndex(table, column);
    const bytes = new TextEncoder().encode(Array.from({ length: table.rows }, (_, row) => cellAt(table, row, c)).join('\n'));
    return this.#opened(sha256(bytes), name, decodeText(bytes, name), bytes, bytes.length, null, column);
  }

  has(key: string): boolean { return this.#texts.has(key); }

  restore(source: StoredSource): null {
    this.#keep(source.key, restoreText(this.#folder, source).text);
    return null;
  }

  get(key: string): string {
    const text = this.#texts.get(key);
    if (text === undefined) throw environmentError('reader.unknown-table', 'The table is no longer in memory.', { hint: 'Open the dataset again.' });
    this.#keep(key, text);
    return text;
  }

  /** No surrogate pair is cut. */
  part(key: string, start: number, count: number): { text: string; start: number; length: number } {
    const text = this.get(key);
    const whole = (at: number) => (at > 0 && /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '') ? at + 1 : at);
    const from = whole(Math.min(start, text.length));
    return { text: text.slice(from, whole(from + count)).replace(/\p{Surrogate}/gu, '\ufffd'), start: from, length: text.length };
  }

  #opened(key: string, name: string, decoded: DecodedText, bytes: Uint8Array, size: number, modifiedAt: string | null, column: string | null): OpenedFacts {
    this.#keep(key, decoded.text);
    const small = bytes.length <= MAX_IN_DATABASE;
    // Without its copy, for a full disk say, it is read from its source again as long as that is the same.
    if (!small) setTimeout(() => { keepText(this.#folder, key, bytes).catch(() => undefined); }, 1000);
    const text = textFacts(decoded, column);
    return {
      key, name, size, modifiedAt, content: small ? gzipSync(bytes, { level: 1 }) : null,
      facts: {
        rows: text.characters, columns: [], roles: null, problem: textProblem(text), secondsPerRow: null, text,
        dialect: { delimiter: ',', decimal: '.', header: false, encoding: decoded.encoding, format: 'text', skippedLines: 0 },
      },
    };
  }

  #keep(key: string, text: string): void {
    this.#texts.delete(key);
    this.#texts.set(key, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= KEPT) break;
      this.#texts.delete(oldest);
    }
  }
}
