import { standsFlood } from '../harness/hostile.ts';

const BODY_TO_COME = 'Host: x\r\nContent-Length: 100\r\n\r\n';
const LARGE = `X: ${'x'.repeat(15_000)}\r\n`;

standsFlood('that were answered', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 50);
standsFlood('whose body never comes', `POST / HTTP/1.1\r\n${BODY_TO_COME}`, 50);
standsFlood('with large headers whose body never comes', `POST / HTTP/1.1\r\n${LARGE}${BODY_TO_COME}`, 50);
