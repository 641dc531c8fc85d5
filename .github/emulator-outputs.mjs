// Prints the environment that `entra-federate emulator` handed out as outputs of a step.
import { readFileSync } from 'node:fs';

const { env } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const [name, value] of Object.entries(env)) process.stdout.write(`${name}=${value}\n`);
