import { onScopeDispose, shallowReactive } from 'vue';

/** What a place can do when its key is pressed or its menu entry chosen. */
export const placeCommands = ['train', 'filter', 'rename', 'export'] as const;
export type PlaceCommand = (typeof placeCommands)[number];

/** The newest last: what is open now answers. */
const handlers = shallowReactive<{ command: PlaceCommand; run: () => void }[]>([]);

/** Offers a command for as long as the calling component lives. */
export function offerCommand(command: PlaceCommand, run: () => void): void {
  const entry = { command, run };
  handlers.push(entry);
  onScopeDispose(() => { handlers.splice(handlers.indexOf(entry), 1); });
}

/** Whether what is open now can do it. */
export const offersCommand = (command: PlaceCommand): boolean => handlers.some((entry) => entry.command === command);

/** Runs what the open place offers; false when it offers nothing of the kind. */
export function runCommand(command: PlaceCommand): boolean {
  const handler = handlers.findLast((entry) => entry.command === command);
  handler?.run();
  return handler !== undefined;
}
