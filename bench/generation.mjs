// Characters a second that a trained network writes, one after the other.
//   node bench/generation.mjs [--json]
import { performance } from 'node:perf_hooks';
import { initialParameters, Rng, sampleToken, Stepper } from '../src/engine/index.ts';

const json = process.argv.includes('--json');
const [VOCABULARY, HIDDEN, CHARACTERS, ROUNDS] = [80, 128, 20_000, 5];

for (const cell of ['rnn_tanh', 'gru', 'lstm']) {
  for (const rule of [{ temperature: 0, topK: null, topP: null }, { temperature: 0.8, topK: null, topP: null }, { temperature: 0.8, topK: 10, topP: 0.9 }]) {
    const model = { cell, inputSize: VOCABULARY, hiddenSize: HIDDEN, layers: 1, bidirectional: false, dropout: 0, outputSize: VOCABULARY, headSteps: 'every' };
    const stepper = new Stepper(model, initialParameters(model, 'pytorch', 1));
    const rng = new Rng(1);
    let token = 0;
    const write = (count) => { for (let i = 0; i < count; i++) token = sampleToken(stepper.step(token), rule, rng); };
    write(2000);
    const seconds = Array.from({ length: ROUNDS }, () => {
      const start = performance.now();
      write(CHARACTERS);
      return (performance.now() - start) / 1000;
    });
    const rate = CHARACTERS / seconds.toSorted((a, b) => a - b)[ROUNDS >> 1];
    if (json) console.log(JSON.stringify({ measure: 'generation', cell, hidden: HIDDEN, vocabulary: VOCABULARY, ...rule, charactersPerSecond: rate }));
    else console.log(`${cell.padEnd(8)} hidden ${HIDDEN}, ${VOCABULARY} characters, temperature ${rule.temperature}${rule.topK === null ? '' : `, top-k ${rule.topK}, top-p ${rule.topP}`}: ${Math.round(rate)} characters a second`);
  }
}
