import { utilityProcess } from 'electron';
import { environmentError } from '../shared/errors.ts';
import type { TrainerCommand, TrainerMessage } from '../shared/trainer-protocol.ts';

/** Asks a throwaway trainer one thing, and ends it. @throws environmentError when it dies without an answer */
export function askTrainer(entry: string, command: TrainerCommand): Promise<TrainerMessage> {
  return new Promise((resolve, reject) => {
    const child = utilityProcess.fork(entry, [], { serviceName: 'Unroll question' });
    child.on('message', (answer: TrainerMessage) => {
      resolve(answer);
      child.kill();
    });
    child.on('exit', (code) => reject(environmentError('trainer.died', `The training process ended unexpectedly (exit code ${code}).`, { hint: 'Try again.', details: { code } })));
    child.postMessage(command);
  });
}
