import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

// A process of its own: what it does at once must not keep the clients of the test from their turn.
const [port = '', count = '', atOnce = '', text = ''] = process.argv.slice(2);

const sockets: Socket[] = [];
let opened = 0;
while (sockets.length < Number(count)) {
  const wave = Array.from({ length: Number(atOnce) }, () => {
    const socket = connect(Number(port), '127.0.0.1')
      .on('error', () => undefined)
      .resume();
    if (text !== '') socket.write(text);
    return socket.once('connect', () => opened++);
  });
  sockets.push(...wave);
  await Promise.all(wave.map((socket) => once(socket, 'connect').catch(() => undefined)));
  await sleep(10);
}
process.stdout.write('flooded\n');
process.stdin.resume().once('end', async () => {
  const kept = await settled(
    () => sockets.filter((socket) => !socket.destroyed && !socket.readableEnded).length,
  );
  process.stdout.write(`${JSON.stringify({ opened, kept })}\n`, () => process.exit(0));
});

/** A count once it no longer changes: what the other side has closed is learnt of a little later. */
async function settled(count: () => number): Promise<number> {
  for (let last = -1; ; await sleep(300)) {
    const now = count();
    if (now === last) return now;
    last = now;
  }
}
