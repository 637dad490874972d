import type { Resume, TrainerCommand, TrainerEvent, TrainerMessage } from '../shared/trainer-protocol.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../formats/checkpoint.ts';
import { toErrorData } from '../shared/errors.ts';
import { Answers } from './answers.ts';
import { probeEngine } from './probe-engine.ts';
import { probeEngines, type Engines } from '../training/choose.ts';
import { trainClasses } from '../training/classify/session.ts';
import { findRate } from '../training/find-rate.ts';
import { measureWork } from '../training/preflight.ts';
import { trainRun } from '../training/session.ts';
import type { Resumption } from '../training/state.ts';
import { trainText } from '../training/text/session.ts';

/** One end of the line to whoever supervises: Electron's parent port, or the command line in the same process. */
export interface TrainerPort {
  post(message: TrainerMessage): void;
  onCommand(listener: (command: TrainerCommand) => void): void;
}

/** Lets waiting messages in: the engine computes without a pause otherwise, and a cancel could not be heard. */
const breathe = () => new Promise<void>((resolve) => { setImmediate(resolve); });

/** Serves this port: waits for `start`, trains one run, answers with exactly one of finished, cancelled, paused, failed. */
export function serveTrainer(port: TrainerPort, engines: Engines): void {
  const signal = { aborted: false };
  let started = false;
  let pausing = false;
  const answers = new Answers(engines, breathe);
  const asking = new Map<number, { aborted: boolean }>();
  port.onCommand((command) => {
    if (command.type === 'cancel' || command.type === 'pause') {
      pausing = command.type === 'pause';
      signal.aborted = true;
      return;
    }
    if (command.type === 'cancelAsk') {
      const asked = asking.get(command.id);
      if (asked !== undefined) asked.aborted = true;
      return;
    }
    if (command.type === 'probe') {
      void probeEngines(engines).then((engines) => port.post({ type: 'probed', engines }));
      return;
    }
    if (command.type === 'probeEngine') {
      void probeEngine(command.folder).then((probe) => port.post({ type: 'engineProbed', probe }));
      return;
    }
    if (command.type === 'ask') {
      const { id, question } = command;
      const asked = { aborted: false };
      asking.set(id, asked);
      void answers.answer(question, { signal: asked, onPiece: (text) => port.post({ type: 'answerPiece', id, text }), onProgress: (progress) => port.post({ type: 'answerProgress', id, progress }) }).then((answer) => {
        asking.delete(id);
        port.post({ type: 'answer', id, answer });
      });
      return;
    }
    if (started) return;
    started = true;
    const failed = (error: unknown) => port.post({ type: 'failed', error: toErrorData(error) });
    if (command.type === 'measure') {
      measureWork(engines, command.sizes, command.backend).then((measured) => port.post({ type: 'measured', measured }), failed);
      return;
    }
    if (command.type === 'findRate') {
      findRate(engines, command.spec, command.table, signal, breathe).then((search) => port.post({ type: 'rates', search }), failed);
      return;
    }
    const host = { engines, emit: (event: TrainerEvent) => port.post(event), signal, breathe, encode: encodeCheckpoint, now: () => performance.now() };
    const train = async () => {
      const resumption = resumptionOf(command.resume);
      if (command.type === 'startClasses') return trainClasses(command.spec, command.sequences, host, resumption);
      return command.type === 'startText' ? trainText(command.spec, command.text, host, resumption) : trainRun(command.spec, command.table, host, resumption);
    };
    train().then((event) => port.post(event.type === 'cancelled' && pausing ? { ...event, type: 'paused' } : event), failed);
  });
}

/** null where training begins anew: there is no checkpoint, or one of version 1, which does not tell how far its epoch had come. */
function resumptionOf(resume: Resume | undefined): Resumption | null {
  if (resume === undefined) return null;
  const state = decodeCheckpoint(resume.checkpoint);
  return state.position === null ? null : { state, records: resume.records };
}
