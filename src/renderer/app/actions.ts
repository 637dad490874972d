import { useToast } from '@nuxt/ui/composables';
import { computed, ref } from 'vue';
import { useRouter } from 'vue-router';
import type { PushPayload } from '../../shared/contract.ts';
import { useWords } from '../composables/words.ts';
import { ask, errorOf } from '../lib/bridge.ts';
import { formatBytes } from '../lib/bytes.ts';
import { offersCommand, runCommand } from '../composables/commands.ts';
import { useOpening } from './opening.ts';
import { useResuming } from './resuming.ts';
import { useAppStore } from './stores/app.ts';
import { useHistoryStore, type Change } from './stores/history.ts';
import { useRunsStore } from './stores/runs.ts';

export interface Action { id: string; label: string; icon: string; keys: string[]; run: () => void }

export const places = [
  { id: 'home', path: '/', icon: 'i-lucide-house' },
  { id: 'data', path: '/data', icon: 'i-lucide-table-2' },
  { id: 'train', path: '/train', icon: 'i-lucide-circle-play' },
  { id: 'runs', path: '/runs', icon: 'i-lucide-chart-line' },
  { id: 'lessons', path: '/lessons', icon: 'i-lucide-graduation-cap' },
  { id: 'engines', path: '/engines', icon: 'i-lucide-cpu' },
  { id: 'settings', path: '/settings', icon: 'i-lucide-settings' },
] as const;

/** Whether the command palette is open; the key, the menu and the top bar share it. */
export const paletteOpen = ref(false);

/** Everything the studio can do, once: the palette, the keys and the menu all take it from here. */
export function useActions() {
  const router = useRouter();
  const opening = useOpening();
  const app = useAppStore();
  const runs = useRunsStore();
  const history = useHistoryStore();
  const resuming = useResuming();
  const toast = useToast();
  const { t, errorText } = useWords();

  const say = (key: string, change: Change | null) => {
    if (change !== null) toast.add({ title: t(key, { what: change.label }), color: 'neutral', icon: 'i-lucide-undo-2', duration: 3000 });
  };
  async function backUp(): Promise<void> {
    try {
      const { path, bytes } = await ask('storage.backup');
      toast.add({ title: t('care.backedUp', { path, size: formatBytes(bytes, app.locale) }), color: 'success', icon: 'i-lucide-archive' });
    } catch (thrown) {
      toast.add({ title: errorText(errorOf(thrown)), color: 'error', icon: 'i-lucide-circle-alert' });
    }
  }
  const perform: Record<PushPayload<'app.command'>, () => void> = {
    open: () => { void opening.dialog(); },
    paste: () => { void opening.paste(t('sources.pasted', { time: new Intl.DateTimeFormat(app.locale, { timeStyle: 'medium' }).format(new Date()) })); },
    train: () => { if (!runCommand('train')) void router.push('/train'); },
    pause: () => resuming.toggle(),
    backup: () => { void backUp(); },
    stop: () => { if (runs.active !== null) void runs.cancel(runs.active.id); },
    'place.home': () => { void router.push('/'); },
    'place.data': () => { void router.push('/data'); },
    'place.train': () => { void router.push('/train'); },
    'place.runs': () => { void router.push('/runs'); },
    'place.lessons': () => { void router.push('/lessons'); },
    'place.engines': () => { void router.push('/engines'); },
    'place.settings': () => { void router.push('/settings'); },
    palette: () => { paletteOpen.value = !paletteOpen.value; },
    undo: () => { void history.undo().then((change) => say('common.undone', change)); },
    redo: () => { void history.redo().then((change) => say('common.redone', change)); },
  };

  const actions = computed<Action[]>(() => [
    { id: 'open', label: t('actions.open'), icon: 'i-lucide-folder-open', keys: ['ctrl', 'o'], run: perform.open },
    { id: 'paste', label: t('sources.paste'), icon: 'i-lucide-clipboard-paste', keys: ['ctrl', 'v'], run: perform.paste },
    { id: 'datasets', label: t('sources.all'), icon: 'i-lucide-library', keys: [], run: () => { void router.push('/datasets'); } },
    { id: 'train', label: t('actions.train'), icon: 'i-lucide-circle-play', keys: ['ctrl', 'enter'], run: perform.train },
    { id: 'backup', label: t('care.do.backup'), icon: 'i-lucide-archive', keys: [], run: perform.backup },
    { id: 'queue', label: t('queue.show'), icon: 'i-lucide-list-ordered', keys: [], run: () => { void router.push('/queue'); } },
    ...(runs.active === null ? [] : [{ id: 'pause', label: t('queue.pause'), icon: 'i-lucide-pause', keys: ['ctrl', 'shift', '.'], run: perform.pause }, { id: 'stop', label: t('actions.stop'), icon: 'i-lucide-square', keys: ['ctrl', '.'], run: perform.stop }]),
    ...(offersCommand('export') ? [{ id: 'export', label: t('exporting.open'), icon: 'i-lucide-package-open', keys: ['ctrl', 'e'], run: () => { runCommand('export'); } }] : []),
    { id: 'undo', label: t('common.undo'), icon: 'i-lucide-undo-2', keys: ['ctrl', 'z'], run: perform.undo },
    ...places.map((place, i): Action => ({
      id: `place.${place.id}`, label: t('actions.go', { place: t(`places.${place.id}`) }), icon: place.icon,
      keys: i < 5 ? ['ctrl', String(i + 1)] : place.id === 'settings' ? ['ctrl', ','] : [], run: perform[`place.${place.id}`],
    })),
    { id: 'theme', label: app.isDark ? t('actions.light') : t('actions.dark'), icon: app.isDark ? 'i-lucide-sun' : 'i-lucide-moon', keys: [], run: () => { void app.change({ theme: app.isDark ? 'light' : 'dark' }); } },
    { id: 'language', label: t('actions.language'), icon: 'i-lucide-languages', keys: [], run: () => { void app.change({ locale: app.locale === 'en' ? 'zh-CN' : 'en' }); } },
  ]);

  return { actions, perform };
}
