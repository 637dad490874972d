import { environmentError } from '../shared/errors.ts';
import type { TrainerCommand, TrainerMessage } from '../shared/trainer-protocol.ts';
import { forkTrainer, type GpuWish } from './gpu-window.ts';

/** Asks a throwaway trainer one thing, and ends it. @throws environmentError when it dies without an answer */
export function askTrainer(entry: string, command: TrainerCommand): Promise<TrainerMessage> {
  return new Promise((resolve, reject) => {
    const child = forkTrainer(entry, { serviceName: 'Unroll question' });
    child.on('message', (answer: TrainerMessage | GpuWish) => {
      if (answer.type === 'needGpu') return;
      resolve(answer);
      child.kill();
    });
    child.on('exit', (code) => reject(environmentError('trainer.died', `The training process ended unexpectedly (exit code ${code}).`, { hint: 'Try again.', details: { code } })));
    child.postMessage(command);
  });
}
