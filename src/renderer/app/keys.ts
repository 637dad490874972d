import { useEventListener } from '@vueuse/core';
import type { PushPayload } from '../../shared/contract.ts';
import { runCommand, type PlaceCommand } from '../composables/commands.ts';

type Command = PushPayload<'app.command'>;

const withControl: Record<string, Command> = {
  k: 'palette', o: 'open', Enter: 'train', '.': 'stop', '1': 'place.home', '2': 'place.data', '3': 'place.train', '4': 'place.runs', '5': 'place.lessons', ',': 'place.settings',
};

/** The studio's keys, the same everywhere; what a text field needs itself (undo, typing) stays with it. */
export function useKeys(perform: Record<Command, () => void>): void {
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.isComposing || event.altKey || event.defaultPrevented) return;
    const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable="true"]') !== null;
    const done = event.ctrlKey || event.metaKey ? controlKey(event, typing, perform) : plainKey(event, typing);
    if (done) event.preventDefault();
  });
}

function controlKey(event: KeyboardEvent, typing: boolean, perform: Record<Command, () => void>): boolean {
  if (event.key.toLowerCase() === 'z' && !typing) {
    perform[event.shiftKey ? 'redo' : 'undo']();
    return true;
  }
  // Shift makes another character of the key on most keyboards.
  if (event.shiftKey && event.code === 'Period') {
    perform.pause();
    return true;
  }
  if (event.key.toLowerCase() === 'e' && !event.shiftKey) return runCommand('export');
  const command = withControl[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (command === undefined) return false;
  perform[command]();
  return true;
}

function plainKey(event: KeyboardEvent, typing: boolean): boolean {
  const command: PlaceCommand | null = event.key === 'F2' ? 'rename' : event.key === '/' && !typing ? 'filter' : null;
  return command !== null && runCommand(command);
}
