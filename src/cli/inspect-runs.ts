import type { ClassResult } from '../shared/classify.ts';
import { inputError } from '../shared/errors.ts';
import { featuresOf } from '../shared/features.ts';
import type { RunDetail } from '../shared/run.ts';
import { targetOf, type RunSpec } from '../shared/spec.ts';
import { bytesInWords } from '../engine/errors.ts';
import { probeEngines, timesInWords } from '../training/choose.ts';
import { engines } from './engines.ts';
import { machineFacts } from './machine.ts';
import type { Options } from './options.ts';
import { openStore } from './store.ts';
import { classTable, figure, runMetrics, table, textTable, verdict } from './tables.ts';

/** `unroll show ID` */
export function showRun({ values, positionals: [id, ...more] }: Options): number {
  if (id === undefined || more.length > 0) throw inputError('cli.usage', 'unroll show needs one run id.', { hint: 'unroll runs lists them.' });
  const storage = openStore(values['db']);
  try {
    const run = storage.runs.get(storage.runs.find(id).id);
    const classes = storage.classResults.get(run.id);
    const text = storage.texts.get(run.id);
    const ending = text?.metrics ? `\n${textTable(text)}\n${storage.texts.samples(run.id).map(({ epoch, prompt, text: written }) => `epoch ${epoch}: ${JSON.stringify(prompt + written)}`).join('\n')}\n` : '';
    process.stdout.write(values['json'] === true ? `${JSON.stringify(classes === null ? run : { ...run, classResult: classes })}\n` : `${describe(run, classes)}\n${ending}`);
    return 0;
  } finally {
    storage.close();
  }
}

function dataWords(spec: RunSpec): string {
  if (spec.task === 'forecast') return `${spec.roles.targets.length === 1 ? 'target' : 'targets'} ${targetOf(spec)}, time ${spec.roles.time ?? 'row number'}, inputs ${featuresOf(spec.roles, spec.window.horizon).map(({ name }) => name).slice(0, 30).join(', ')}`;
  if (spec.task === 'char') return `text${spec.text.column === null ? '' : ` of the column ${spec.text.column}`}, ${spec.text.embedding === null ? 'one-hot characters' : `characters as ${spec.text.embedding} numbers`}`;
  return `sequences ${spec.sequence} (${spec.kind}), classes ${spec.label}`;
}

function splitWords(split: RunSpec['split']): string {
  if (!('by' in split) || split.by === 'share') return `${split.train} / ${split.validation} / ${split.test}`;
  return `by date: validation from ${split.validationFrom ?? 'nowhere'}, test from ${split.testFrom ?? 'nowhere'}`;
}

function describe(run: RunDetail, classes: ClassResult | null): string {
  const { window, model, training, split } = run.spec;
  const last = run.epochs.at(-1);
  const lines = [
    `${run.name} (${run.id}), ${run.status}`,
    `data ${run.datasetName}: ${dataWords(run.spec)}; split ${splitWords(split)}`,
    `model ${model.cell}, sequence ${window.sequenceLength}${'horizon' in window ? `, horizon ${window.horizon}` : ''}${'targets' in window ? `, targets at ${window.targets === 'every' ? 'every step' : 'the last step'}` : ''}, hidden ${model.hiddenSize}, layers ${model.layers}${run.plan === null ? '' : `, ${run.plan.parameters} parameters`}`,
    `training ${training.optimizer}, rate ${training.learningRate}, batch ${training.batchSize}, seed ${training.seed}; ${run.epochsDone} of ${training.epochs} epochs${run.device === null ? '' : ` on ${run.device.device}`}${run.seconds === null ? '' : ` in ${run.seconds.toFixed(1)} s`}`,
  ];
  if (last !== undefined) lines.push(`last epoch: train loss ${figure(last.trainLoss)}, validation loss ${figure(last.validationLoss)}, gradient norm ${figure(last.gradientNorm)}`);
  const { scalers } = run.plan ?? {};
  if (scalers !== undefined && scalers.length > 0 && run.spec.task === 'forecast' && run.spec.scaling !== 'none') {
    lines.push(`scaling ${run.spec.scaling}, fitted on the training part alone: ${scalers.map(({ column, offset, scale }) => `${column} (x - ${figure(offset)}) / ${figure(scale)}`).join('; ')}`);
  }
  if (run.error !== null) lines.push(`${run.error.message} ${run.error.hint ?? ''}`.trim());
  if (run.metrics !== null && run.persistence !== null) lines.push('', runMetrics(run), '', verdict(run.metrics, run.persistence));
  if (classes !== null) lines.push('', classTable(classes));
  return lines.join('\n');
}

/** `unroll devices` */
export async function listDevices({ values, positionals }: Options): Promise<number> {
  if (positionals.length > 0) throw inputError('cli.usage', `unroll devices takes no "${positionals[0]}".`);
  const [found, machine] = await Promise.all([probeEngines(engines), machineFacts()]);
  if (values['json'] === true) {
    for (const engine of found) process.stdout.write(`${JSON.stringify(engine)}\n`);
    process.stdout.write(`${JSON.stringify({ machine })}\n`);
    return 0;
  }
  const { processor, threads, memory, gpu } = machine;
  process.stdout.write(`${processor}, ${threads} threads; ${bytesInWords(memory.freeBytes)} of ${bytesInWords(memory.totalBytes)} memory free\n`);
  if (gpu !== null) process.stdout.write(`${gpu.name}, driver ${gpu.driver}${gpu.usedBytes === null || gpu.memoryBytes === null ? '' : `; ${bytesInWords(gpu.usedBytes)} of ${bytesInWords(gpu.memoryBytes)} memory in use`}\n`);
  const kinds = Object.entries(engines.measurements?.all() ?? {});
  process.stdout.write(`${table(['engine', 'available', 'device or reason'], found.map((e) => [e.name, e.available ? 'yes' : 'no', e.device ?? e.reason ?? '']), 9)}\n`);
  if (kinds.length > 0) process.stdout.write(`\nMeasured, milliseconds a step; auto takes the fastest:\n${kinds.map(([kind, times]) => `${kind}: ${timesInWords(times)}\n`).join('')}`);
  return 0;
}
