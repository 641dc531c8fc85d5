import { standsFlood } from '../harness/hostile.ts';

standsFlood('that say nothing', '', 200, { fewFiles: true });
