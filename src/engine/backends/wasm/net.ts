import type { BackendOptions, InitialState, ModelSpec, SequenceData } from '../../backend.ts';
import { rowsOf } from '../../check.ts';
import { optimizerSlots } from '../../optimizer.ts';
import { directionsOf, gatesOf } from '../../parameters.ts';
import { Arena, padded } from './arena.ts';
import { layerFields, layerFieldsBytes, netFields, netFieldsBytes } from './build/fields.generated.ts';
import type { KernelMemory } from './kernels.ts';
import { inputWidthOf, parameterLayout, widestInput, type ParameterLayout } from './parameter-places.ts';
import { SIGNAL_WORDS } from './worker.ts';

const CELLS: ModelSpec['cell'][] = ['rnn_tanh', 'rnn_relu', 'handwritten', 'lstm', 'gru'];
const LOSSES = ['mse', 'mae', 'huber', 'crossEntropy'];
const OPTIMIZERS = ['sgd', 'rmsprop', 'adam', 'adamw'];
/** Rows of a block of the head and of a packed product (DEPTH in assembly/product.ts). */
export const BLOCK = 256;

/** Windows of the last layer that the gradient through time is kept of at once. */
export const FLOW_WINDOWS = 32;

type NetField = keyof typeof netFields;
type LayerField = keyof typeof layerFields;

/**
 * Room for shards of up to `shard` windows of up to `time` steps, `width` numbers of input a step (1 for a token), in batches
 * of up to `batch` windows and `shards` shards.
 */
interface Room { batch: number; shards: number; shard: number; time: number; width: number }

const NO_ROOM: Room = { batch: 0, shards: 0, shard: 0, time: 0, width: 0 };

/** Where one thread computes a shard. */
interface Places { fields: Partial<Record<NetField, number>>; layers: Partial<Record<LayerField, number>>[]; own: InitialPlace }

/** Where initial states stand, [layers * directions, B or 1, hiddenPadded]; 0: zero. */
interface InitialPlace { h: number; c: number }

/**
 * The structure that the kernels read, and the memory behind it in three regions: what depends on the model alone, the
 * series, and the room for a batch. A region is placed anew, with all after it, when it has to grow.
 */
export class Net {
  readonly pointer: number;
  readonly layout: ParameterLayout;
  readonly #memory: KernelMemory;
  readonly #model: ModelSpec;
  readonly #table: number;
  /** Structures of the other threads' nets: the same, but for the memory that they compute in. */
  readonly crew: readonly number[];
  /** Where each of the crew is signalled to. */
  readonly signals: readonly number[];
  readonly #crewScratch: readonly { scratchA: number; scratchB: number }[];
  #crewPlaces: Places[] = [];
  readonly #fixedEnd: number;
  #dataEnd: number;
  #room = NO_ROOM;
  /** Of the loaded series, one state for every window. */
  #shared: InitialPlace = { h: 0, c: 0 };
  /** Of the room, one state for each sequence. */
  #own: InitialPlace = { h: 0, c: 0 };

  /** @param threads that will work on it; @throws EngineError 'memory.tooLarge' */
  constructor(memory: KernelMemory, model: ModelSpec, options: BackendOptions, threads = 1) {
    this.#memory = memory;
    this.#model = model;
    this.layout = parameterLayout(model);
    const { floats } = this.layout;
    const H = padded(model.hiddenSize);
    const O = padded(model.outputSize);
    const D = directionsOf(model);
    const width = gatesOf[model.cell].length * H;
    const arena = new Arena(memory.kernels.heapBase());
    this.pointer = arena.take(netFieldsBytes / 4);
    this.#table = arena.take((model.layers * D * layerFieldsBytes) / 4);
    const slots = optimizerSlots(options.optimizer).length;
    const fields: Partial<Record<NetField, number>> = {
      parameters: arena.take(floats),
      slot1: slots > 0 ? arena.take(floats) : 0, slot2: slots > 1 ? arena.take(floats) : 0,
      packedHead: arena.take(D * H * O), packedHeadT: arena.take(D * H * O),
      scratchA: arena.take(BLOCK * widestInput(model)), scratchB: arena.take(BLOCK * Math.max(width, O)),
    };
    const packed = this.layout.layers.map(({ inputWidth, parts }, index) => ({
      bias: arena.take(width), packedIh: arena.take(parts * inputWidth * width), packedIhT: index < D && model.vocabulary === undefined ? 0 : arena.take(parts * inputWidth * width),
      packedHh: arena.take(H * width), packedHhT: arena.take(H * width),
    }));
    this.crew = Array.from({ length: threads - 1 }, () => arena.take((netFieldsBytes + model.layers * D * layerFieldsBytes) / 4));
    this.signals = this.crew.map(() => arena.take(SIGNAL_WORDS));
    this.#crewScratch = this.crew.map(() => ({ scratchA: arena.take(BLOCK * widestInput(model)), scratchB: arena.take(BLOCK * Math.max(width, O)) }));
    this.#fixedEnd = this.#dataEnd = arena.end;
    memory.ensure(arena.end, 'The model');
    this.#setAll({
      ...fields, cell: CELLS.indexOf(model.cell), features: inputWidthOf(model), hidden: model.hiddenSize, hiddenPadded: H, gateWidth: width,
      outputs: model.outputSize, outputsPadded: O, layers: model.layers, directions: D, everyStep: model.headSteps === 'every' ? 1 : 0,
      loss: LOSSES.indexOf(options.loss.kind), optimizer: OPTIMIZERS.indexOf(options.optimizer.kind), seed: options.seed,
      parameterFloats: floats, table: this.#table, dropout: model.dropout, ...(options.loss.kind === 'huber' ? { delta: options.loss.delta } : {}),
      headWeight: fields.parameters! + 4 * this.layout.headWeight, headBias: fields.parameters! + 4 * this.layout.headBias,
      embedding: this.layout.embedding === null ? 0 : fields.parameters! + 4 * this.layout.embedding,
    });
    for (const [key, value] of Object.entries(options.optimizer)) if (typeof value === 'number') this.set(key as NetField, value);
    this.layout.layers.forEach((offsets, index) => {
      const place = (offset: number): number => fields.parameters! + 4 * offset;
      this.#setLayer(index, {
        ...packed[index], inputWidth: offsets.inputWidth, parts: offsets.parts, reverse: index % D,
        weightIh: place(offsets.weightIh), weightHh: place(offsets.weightHh), biasIh: place(offsets.biasIh), biasHh: place(offsets.biasHh),
      });
    });
  }

  get(field: NetField): number {
    const { type, offset } = netFields[field];
    if (type === 'f64') return this.#memory.doubles[(this.pointer + offset) / 8]!;
    return this.#memory.integers[(this.pointer + offset) / 4]! >>> 0;
  }

  /** Sets a field of this net, or of one of the crew. */
  set(field: NetField, value: number, net = this.pointer): void {
    const { type, offset } = netFields[field];
    if (type === 'f64') this.#memory.doubles[(net + offset) / 8] = value;
    else this.#memory.integers[(net + offset) / 4] = value;
  }

  /** A pointer of one layer and direction. */
  layer(index: number, field: LayerField): number {
    return this.#memory.integers[(this.#table + index * layerFieldsBytes + layerFields[field].offset) / 4]! >>> 0;
  }

  /** Copies the series in; the room for batches is placed behind it when it is next needed. */
  loadData(data: SequenceData): void {
    const { input, targets } = data;
    const arena = new Arena(this.#fixedEnd);
    const inputs = input.kind === 'tokens' ? input.ids : input.values;
    const wanted = targets.kind === 'classes' ? targets.ids : targets.values;
    const series = arena.take(inputs.length);
    const target = arena.take(wanted.length);
    const states = this.layout.layers.length * padded(this.#model.hiddenSize);
    const { initialState } = data;
    const shared = { h: initialState === undefined ? 0 : arena.take(states), c: initialState?.c === undefined ? 0 : arena.take(states) };
    // A room of one window has to fit as well: said here, not in the first epoch.
    const least = new Arena(arena.end);
    this.#place(least, { batch: 1, shards: 1, shard: 1, time: data.sequenceLength, width: this.#tokens(data) ? 1 : this.get('features') });
    this.#memory.ensure(least.end, `A series of ${rowsOf(data)} rows with this model`);
    this.#dataEnd = arena.end;
    this.#room = NO_ROOM;
    this.#shared = shared;
    if (initialState !== undefined) this.#writeStates(shared.h, initialState.h, 1);
    if (initialState?.c !== undefined) this.#writeStates(shared.c, initialState.c, 1);
    (inputs instanceof Int32Array ? this.#memory.integers : this.#memory.floats).set(inputs, series / 4);
    (wanted instanceof Int32Array ? this.#memory.integers : this.#memory.floats).set(wanted, target / 4);
    this.#setAll({ series, targets: target, targetWidth: targets.kind === 'classes' ? 1 : targets.width, tokens: this.#tokens(data) ? 1 : 0 });
  }

  /** Whether tokens go in as one-hot vectors; through an embedding they are rows of numbers by the time a layer reads them. */
  #tokens({ input }: SequenceData): boolean {
    return input.kind === 'tokens' && this.#model.vocabulary === undefined;
  }

  /** Makes room for windows of the loaded series that are only run forward. @throws EngineError 'memory.tooLarge' */
  setBatch(batch: number, time: number): void {
    this.setShards(batch, time, 1);
  }

  /**
   * Makes room for a batch of the loaded series in so many shards. Field by field, since this stands in every training step
   * and an object each time would be garbage.
   * @throws EngineError 'memory.tooLarge'
   */
  setShards(batch: number, time: number, shards: number): void {
    this.#makeRoom(batch, shards, Math.ceil(batch / shards), time, this.get('tokens') === 1 ? 1 : this.get('features'));
    this.set('wholeBatch', batch);
    this.set('shards', shards);
    this.set('batch', batch);
    this.set('batchOffset', 0);
    this.set('starts', this.get('wholeStarts'));
    this.set('time', time);
    this.set('initialH', this.#shared.h);
    this.set('initialC', this.#shared.c);
    this.set('initialStride', 0);
  }

  /** Makes room for dense sequences [T, B, F] that the caller writes to x. @throws EngineError 'memory.tooLarge' */
  setSequences(batch: number, time: number, initialState: InitialState | undefined): void {
    this.#makeRoom(batch, 1, batch, time, this.get('features'));
    const { h, c } = this.#own;
    if (initialState !== undefined) this.#writeStates(h, initialState.h, batch);
    if (initialState?.c !== undefined) this.#writeStates(c, initialState.c, batch);
    this.#setAll({
      batch, time, initialH: initialState === undefined ? 0 : h, initialC: initialState?.c === undefined ? 0 : c,
      initialStride: padded(this.#model.hiddenSize) * 4,
    });
  }

  /** Makes the crew's nets like this one, but for where they compute; due before each step that they take part in. */
  briefCrew(): void {
    const words = this.#memory.integers;
    for (const [k, net] of this.crew.entries()) {
      words.copyWithin(net / 4, this.pointer / 4, (this.pointer + netFieldsBytes) / 4);
      const table = net + netFieldsBytes;
      words.copyWithin(table / 4, this.#table / 4, (this.#table + this.layout.layers.length * layerFieldsBytes) / 4);
      const { fields, layers } = this.#crewPlaces[k]!;
      this.#setAll({ ...fields, ...this.#crewScratch[k], table }, net);
      layers.forEach((layer, index) => this.#setLayer(index, layer, table));
    }
  }

  /** Places the room anew where it is not large enough. */
  #makeRoom(batch: number, shards: number, shard: number, time: number, width: number): void {
    const now = this.#room;
    if (batch <= now.batch && shards <= now.shards && shard <= now.shard && time <= now.time && width <= now.width) return;
    const room: Room = {
      batch: Math.max(batch, now.batch), shards: Math.max(shards, now.shards), shard: Math.max(shard, now.shard),
      time: Math.max(time, now.time), width: Math.max(width, now.width),
    };
    const arena = new Arena(this.#dataEnd);
    const shared = { wholeStarts: arena.take(room.batch), shardLosses: arena.take(2 * room.shards), shardGradients: arena.take(room.shards * this.layout.floats) };
    const { fields, layers, own } = this.#place(arena, room);
    // A batch of one shard has no work for a crew.
    const crew = room.shards > 1 ? this.crew.map(() => this.#place(arena, room)) : [];
    this.#memory.ensure(arena.end, `A batch of ${room.batch} windows of ${room.time} steps`);
    this.#room = room;
    this.#own = own;
    this.#crewPlaces = crew;
    this.#setAll({ ...shared, ...fields });
    layers.forEach((layer, index) => this.#setLayer(index, layer));
  }

  /** values [layers * directions, batch, H] to [.., hiddenPadded], the padding zero. */
  #writeStates(pointer: number, values: Float32Array, batch: number): void {
    const H = this.#model.hiddenSize;
    const Hp = padded(H);
    this.#memory.floats.fill(0, pointer / 4, pointer / 4 + this.layout.layers.length * batch * Hp);
    for (let row = 0; row < this.layout.layers.length * batch; row++) {
      this.#memory.floats.set(values.subarray(row * H, (row + 1) * H), pointer / 4 + row * Hp);
    }
  }

  /** Hands out the places of everything that depends on the batch; takes no memory. */
  #place(arena: Arena, { shard: B, time: T, width: inputWidth }: Room): Places {
    const model = this.#model;
    const { cell } = model;
    const H = padded(model.hiddenSize);
    const O = padded(model.outputSize);
    const D = directionsOf(model);
    const width = gatesOf[cell].length * H;
    const rows = model.headSteps === 'every' ? B * T : B;
    const onlyFor = (wanted: boolean, words: number): number => (wanted ? arena.take(words) : 0);
    const fields = {
      x: arena.take(T * B * inputWidth), logits: arena.take(Math.min(rows, BLOCK) * O),
      fromState: onlyFor(cell === 'gru', B * width), dCell: onlyFor(cell === 'lstm', B * H), dFlow: arena.take(2 * B * H),
      dInput: onlyFor(model.vocabulary !== undefined, Math.max(B, BLOCK) * inputWidth),
    };
    const layers = this.layout.layers.map((_, index) => {
      const top = index >= (model.layers - 1) * D;
      const dense = !top || model.headSteps === 'every' || D === 2;
      return {
        states: arena.take((T + 1) * B * H), gates: arena.take(T * B * width),
        cells: onlyFor(cell === 'lstm', (T + 1) * B * H), squashed: onlyFor(cell === 'lstm', T * B * H),
        candidate: onlyFor(cell === 'gru', T * B * H), dCandidate: onlyFor(cell === 'gru', T * B * H),
        dropped: onlyFor(model.dropout > 0 && !top, T * B * H), dOutput: arena.take(T * H * (dense ? B : Math.min(B, FLOW_WINDOWS))),
      };
    });
    const states = this.layout.layers.length * B * H;
    return { fields, layers, own: { h: arena.take(states), c: onlyFor(cell === 'lstm', states) } };
  }

  #setAll(fields: Partial<Record<NetField, number>>, net = this.pointer): void {
    for (const [field, value] of Object.entries(fields)) this.set(field as NetField, value, net);
  }

  #setLayer(index: number, fields: Partial<Record<LayerField, number>>, table = this.#table): void {
    for (const [field, value] of Object.entries(fields)) {
      this.#memory.integers[(table + index * layerFieldsBytes + layerFields[field as LayerField].offset) / 4] = value;
    }
  }
}
