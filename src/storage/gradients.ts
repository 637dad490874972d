import type Database from 'better-sqlite3';
import type { GradientRecord } from '../shared/gradients.ts';
import type { Connection } from './connection.ts';

interface Row { epoch: number; width: number; flow: Uint8Array; layers: Uint8Array; memory: Uint8Array; clipped: number; steps: number }

const toBytes = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
/** A copy with its own memory: a blob need not begin at a multiple of 4. */
const toFloats = (bytes: Uint8Array): Float32Array => new Float32Array(new Uint8Array(bytes).buffer);

/** The gradients of runs, one row for each epoch that was looked at. */
export class Gradients {
  readonly #connection: Connection;
  readonly #put: Database.Statement<[string, number, number, Uint8Array, Uint8Array, Uint8Array, number, number]>;
  readonly #all: Database.Statement<[string], Row>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#put = connection.db.prepare('INSERT OR REPLACE INTO gradients (run_id, epoch, width, flow, layers, memory, clipped, steps) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    this.#all = connection.db.prepare('SELECT epoch, width, flow, layers, memory, clipped, steps FROM gradients WHERE run_id = ? ORDER BY epoch');
  }

  /** An epoch that is there already is replaced. */
  put(runId: string, records: readonly GradientRecord[]): void {
    this.#connection.write(() => {
      for (const { epoch, width, flow, layers, memory, clipped, steps } of records) {
        this.#put.run(runId, epoch, width, toBytes(flow), toBytes(layers), toBytes(memory), clipped, steps);
      }
    });
  }

  /** In the order of their epochs; none for a run of an older version. */
  all(runId: string): GradientRecord[] {
    return this.#connection.read(() => this.#all.all(runId)).map((row) => ({
      ...row, flow: toFloats(row.flow), layers: toFloats(row.layers), memory: toFloats(row.memory),
    }));
  }
}
