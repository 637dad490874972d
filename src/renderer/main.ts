import ui from '@nuxt/ui/vue-plugin';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { z } from 'zod';
import App from './app/App.vue';
import { router } from './app/router.ts';
import { i18n } from './i18n.ts';
import './main.css';

// The page's CSP has no unsafe-eval, and zod's compiler would probe for it and be reported.
z.config({ jitless: true });

createApp(App).use(createPinia()).use(router).use(i18n).use(ui).mount('#app');
