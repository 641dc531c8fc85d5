/** One step of a shape: a character to consume (once, or any number of times), or ways to go on without one. */
type Unit =
  | { readonly accepts: (char: string) => boolean; readonly many: boolean }
  | { readonly forward: readonly number[] };

/** A set of texts, made of the functions below: the texts that a part of GitHub's subjects can be. */
export type Shape = readonly Unit[];

/** Exactly this text. */
export function text(literal: string): Shape {
  return literal.split('').map((unit) => ({ accepts: (char) => char === unit, many: false }));
}

/** One or more characters of a class. */
export function some(characters: RegExp): Shape {
  const accepts = (char: string) => characters.test(char);
  return [
    { accepts, many: false },
    { accepts, many: true },
  ];
}

/** The shape, or nothing. */
export function optional(shape: Shape): Shape {
  return [{ forward: [1, shape.length + 1] }, ...shape];
}

/** One of the shapes. */
export function either(...shapes: readonly Shape[]): Shape {
  const total = shapes.reduce((sum, shape) => sum + shape.length + 1, 0);
  const starts: number[] = [];
  const body: Unit[] = [];
  for (const shape of shapes) {
    starts.push(body.length + 1);
    body.push(...shape, { forward: [total - body.length - shape.length] });
  }
  return [{ forward: starts }, ...body];
}

/**
 * Whether a glob (`*` any characters, `?` one, all else literal) matches any text of the shape. Both are walked as
 * automata at the same time, so the time is the product of their lengths, whatever the glob holds.
 */
export function admits(glob: string, shape: Shape): boolean {
  let states = new Uint8Array(shape.length + 1);
  states[0] = 1;
  follow(states, shape);
  for (const char of glob.split('')) {
    if (char === '*') {
      skipAny(states, shape);
    } else {
      states = consume(states, shape, char);
      if (!states.includes(1)) return false;
    }
  }
  return states[shape.length] === 1;
}

/** Marks what can be reached without a character; all ways lead forward, so one pass is enough. */
function follow(states: Uint8Array, shape: Shape): void {
  shape.forEach((unit, at) => {
    if (states[at] !== 1) return;
    if ('forward' in unit) for (const step of unit.forward) states[at + step] = 1;
    else if (unit.many) states[at + 1] = 1;
  });
}

/** Marks what can be reached with any characters. */
function skipAny(states: Uint8Array, shape: Shape): void {
  shape.forEach((unit, at) => {
    if (states[at] !== 1) return;
    if ('forward' in unit) for (const step of unit.forward) states[at + step] = 1;
    else states[at + 1] = 1;
  });
}

function consume(states: Uint8Array, shape: Shape, char: string): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(states.length);
  shape.forEach((unit, at) => {
    if (states[at] !== 1 || 'forward' in unit) return;
    if (char === '?' || unit.accepts(char)) next[unit.many ? at : at + 1] = 1;
  });
  follow(next, shape);
  return next;
}
