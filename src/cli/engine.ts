import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import { probeAgain, defaultIndex, engineState, installEngine, removeEngine } from '../installer/index.ts';
import type { EngineKind, EngineProbe, EngineState, InstalledEngine } from '../shared/engine-install.ts';
import { environmentError, inputError } from '../shared/errors.ts';
import { probeEngine } from '../trainer/probe-engine.ts';
import { enginesFolder } from './engines.ts';
import type { Options } from './options.ts';
import { clock, ProgressLine } from './progress.ts';
import { print } from './train-command.ts';

const gib = (bytes: number): string => (bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.ceil(bytes / 2 ** 20)} MiB`);
const kinds = { cpu: 'the processor', cuda: 'NVIDIA GPUs (CUDA)' } as const;

/** Tries an engine in a process of its own: libraries that crash take only that one with them. */
function probeApart(folder: string): Promise<EngineProbe> {
  return new Promise((resolve) => {
    const child = fork(process.argv[1]!, ['engine', 'probe', folder], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    let answer: EngineProbe | null = null;
    child.on('message', (message) => { answer = message as EngineProbe; });
    child.on('exit', (code, signal) => resolve(answer ?? {
      ok: false, version: null, device: null, gpu: false, gradientDistance: null, stepMilliseconds: null, at: new Date().toISOString(),
      reason: `the process that tried it ended (${signal ?? `exit code ${String(code)}`})`,
    }));
  });
}

function engineLines({ version, kind, bytes, probe }: InstalledEngine): string {
  const tried = probe === null ? 'not tried yet' : probe.ok
    ? `${probe.device ?? ''}, gradients ${probe.gradientDistance?.toPrecision(2) ?? '?'} from the reference`
    : `does not work here: ${probe.reason ?? ''}`;
  return `TensorFlow ${version} for ${kinds[kind]}, ${gib(bytes)}: ${tried}`;
}

function stateLines({ installed, machine, plan, unsupported }: EngineState): string {
  const { gpu } = machine;
  const lines = [
    `GPU        ${gpu === null ? 'no NVIDIA GPU was found' : `${gpu.name}, driver ${gpu.driver}${gpu.memoryBytes === null ? '' : `, ${gib(gpu.memoryBytes)}`}`}`,
    `installed  ${installed === null ? 'nothing' : engineLines(installed)}`,
  ];
  if (unsupported !== null) lines.push(`available  nothing: ${unsupported.message} ${unsupported.hint ?? ''}`.trimEnd());
  if (plan !== null) {
    lines.push(`available  TensorFlow ${plan.version} for ${kinds[plan.kind]}: ${gib(plan.downloadBytes)} to fetch, about ${gib(plan.diskBytes)} on the disk. ${plan.reason}`);
    for (const { file, bytes } of plan.packages) lines.push(`             ${file} (${gib(bytes)})`);
  }
  return lines.join('\n');
}

async function install({ values }: Options, json: boolean): Promise<number> {
  const device = values['device'] ?? 'auto';
  if (device !== 'auto' && device !== 'cpu' && device !== 'cuda') throw inputError('cli.usage', `--device must be auto, cpu or cuda (got ${String(device)}).`, { field: '--device' });
  const engines = enginesFolder;
  const control = new AbortController();
  const cancel = (): void => control.abort();
  process.once('SIGINT', cancel).once('SIGTERM', cancel);
  const line = new ProgressLine(process.stderr);
  const folder = values['from'];
  try {
    const done = await installEngine(engines, {
      kind: device as EngineKind | 'auto',
      origin: typeof folder === 'string' ? { folder: resolve(folder) } : { index: process.env['UNROLL_PACKAGE_INDEX'] ?? defaultIndex },
    }, {
      signal: control.signal, probe: probeApart,
      progress: (progress) => {
        if (json) print({ event: 'progress', ...progress });
        else line.show(progress.total === 0 ? 1 : progress.done / progress.total, `${progress.stage} ${progress.item} ${progress.total === 0 ? '' : `${gib(progress.done)} of ${gib(progress.total)}, ${clock(progress.secondsLeft)} left`}`);
      },
    });
    line.end();
    if (json) print({ event: 'installed', ...done });
    else process.stdout.write(`Installed: ${engineLines(done)}\n`);
    return 0;
  } catch (error) {
    line.end();
    if (!control.signal.aborted) throw error;
    process.stderr.write('unroll: Cancelled. What was fetched is kept for the next time; "unroll engine remove" deletes it.\n');
    return 130;
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  }
}

/** `unroll engine install|status|probe|remove` */
export async function engineCommand(options: Options): Promise<number> {
  const { values, positionals: [what, ...rest] } = options;
  const json = values['json'] === true;
  if (what === 'probe' && rest.length === 1 && process.send !== undefined) {
    process.send(await probeEngine(rest[0]!));
    process.disconnect();
    return 0;
  }
  if (rest.length > 0) throw inputError('cli.usage', `unroll engine ${what ?? ''} takes no "${rest[0]}".`);
  switch (what) {
    case 'status': {
      const state = await engineState(enginesFolder);
      process.stdout.write(`${json ? JSON.stringify(state) : stateLines(state)}\n`);
      return 0;
    }
    case 'install': return install(options, json);
    case 'probe': {
      const installed = await probeAgain(enginesFolder, probeApart);
      if (installed === null) throw environmentError('engine.none', 'TensorFlow is not installed.', { hint: 'unroll engine install' });
      process.stdout.write(`${json ? JSON.stringify(installed) : engineLines(installed)}\n`);
      return installed.probe?.ok === true ? 0 : 2;
    }
    case 'remove': {
      const bytes = removeEngine(enginesFolder);
      process.stdout.write(json ? `${JSON.stringify({ removedBytes: bytes })}\n` : `Removed; ${gib(bytes)} are free again.\n`);
      return 0;
    }
    default: throw inputError('cli.usage', what === undefined ? 'unroll engine needs a command.' : `unroll engine has no command "${what}".`, { hint: 'unroll engine install, status, probe or remove' });
  }
}
