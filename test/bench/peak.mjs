// Notes the peak memory of the process that loads it: kilobytes of resident set.
import { writeFileSync } from 'node:fs';

process.once('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));
