import { standsFlood } from '../harness/hostile.ts';

standsFlood('that say nothing', '', 200);
standsFlood('that stop amid their headers', 'GET / HTTP/1.1\r\nHost: 127', 200);
standsFlood('that stop amid large headers', `GET / HTTP/1.1\r\nX: ${'x'.repeat(15_000)}`, 200);
