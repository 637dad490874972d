import { createRouter, createWebHashHistory } from 'vue-router';
import HomePage from '../features/home/HomePage.vue';

/** Hash history: the window is one file under app://, and a page loaded again comes back where it was. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', component: HomePage, meta: { place: 'home' } },
    { path: '/data', component: () => import('./places/DataPlace.vue'), meta: { place: 'data' } },
    { path: '/datasets', component: () => import('../features/datasets/DatasetsPage.vue'), meta: { place: 'data' } },
    { path: '/train', component: () => import('./places/TrainPlace.vue'), meta: { place: 'train' } },
    { path: '/runs', component: () => import('../features/runs/RunsPage.vue'), meta: { place: 'runs' } },
    { path: '/runs/:id', component: () => import('../features/run/RunPage.vue'), meta: { place: 'runs' }, props: true },
    { path: '/runs/:id/insight', component: () => import('../features/insight/InsightPlace.vue'), meta: { place: 'runs' }, props: true },
    { path: '/runs/:id/playground', component: () => import('../features/playground/PlaygroundPage.vue'), meta: { place: 'runs' }, props: true },
    { path: '/runs/:id/new-file', component: () => import('../features/new-file/NewFilePage.vue'), meta: { place: 'runs' }, props: true },
    { path: '/groups/:id', component: () => import('../features/group/GroupPage.vue'), meta: { place: 'runs' }, props: true },
    { path: '/queue', component: () => import('../features/queue/QueuePage.vue'), meta: { place: 'runs' } },
    { path: '/compare', component: () => import('../features/compare/ComparePage.vue'), meta: { place: 'runs' } },
    { path: '/lessons/:lesson?', component: () => import('../features/lessons/LessonsPage.vue'), meta: { place: 'lessons' }, props: true },
    { path: '/engines', component: () => import('../features/engines/EnginesPage.vue'), meta: { place: 'engines' } },
    { path: '/settings', component: () => import('../features/settings/SettingsPage.vue'), meta: { place: 'settings' } },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
});

declare module 'vue-router' {
  interface RouteMeta { place?: 'home' | 'data' | 'train' | 'runs' | 'lessons' | 'engines' | 'settings' }
}
