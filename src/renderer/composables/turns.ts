import { nextTick, onMounted, onScopeDispose, ref, type Ref } from 'vue';

/** Milliseconds of drawing after which the window hears clicks and shows what is there; no task is to take 50. */
const SLICE = 10;

export interface Turn { take: () => void; over: boolean }
const waiting: Turn[] = [];
let running = false;
let rest: (() => void)[] = [];

/** A task of its own: what lies before it is drawn and heard first. No timer, which a hidden window would hold back. */
const channel = new MessageChannel();
const onward: (() => void)[] = [];
channel.port1.onmessage = () => { onward.shift()?.(); };
/** The end of this task: what comes after it is a task of its own. */
export const breath = () => new Promise<void>((done) => { onward.push(done); channel.port2.postMessage(null); });

async function run(): Promise<void> {
  running = true;
  await breath();
  let began = performance.now();
  for (let turn = waiting.shift(); turn !== undefined; turn = waiting.shift()) {
    if (turn.over) continue;
    turn.take();
    // Vue draws what the turn let in before the clock is looked at.
    await nextTick();
    if (performance.now() - began < SLICE) continue;
    await breath();
    began = performance.now();
  }
  running = false;
  const told = rest;
  rest = [];
  for (const tell of told) tell();
}

/** Draws when its turn comes. @returns the turn; one that is `over` by then is passed over */
export function inTurn(take: () => void): Turn {
  const turn = { take, over: false };
  waiting.push(turn);
  if (!running) void run();
  return turn;
}

/**
 * The number of parts of a component that are drawn by now, from 0 to `parts`: each waits for its turn among all that is to be
 * drawn, and as many are taken at once as fit into a short task. Drawn together they would be one long task, in which no click is heard.
 */
export function useTurns(parts = 1): Ref<number> {
  const drawn = ref(0);
  let turn: Turn | null = null;
  const next = () => { turn = inTurn(() => { drawn.value += 1; if (drawn.value < parts) next(); }); };
  onMounted(next);
  onScopeDispose(() => { if (turn !== null) turn.over = true; });
  return drawn;
}

/** Once everything that waits has been drawn. */
export const allDrawn = (): Promise<void> => (running ? new Promise((done) => { rest.push(done); }) : nextTick());
