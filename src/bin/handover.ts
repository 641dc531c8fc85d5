import type { Handover } from '../endpoint/handover.ts';
import type { AssertionKind } from '../inputs/identity-source.ts';
import type { Cloud } from '../trust/clouds.ts';

/** Where assertions come from, but for GitHub. */
export type OtherSource = Exclude<AssertionKind, { kind: 'github' }>;

/** The line that the step writes and the endpoint's process reads. */
export type OurHandover = Handover<OtherSource, Cloud>;
