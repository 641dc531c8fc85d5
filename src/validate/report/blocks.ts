import type { Fact } from '../../report/failure.ts';
import type { ChainNode } from './chain.ts';
import type { Compared } from './nearest.ts';

/** How good the news is: what a terminal has colours for. */
export type Tone = 'good' | 'bad' | 'doubtful' | 'plain';

/** A sentence or more; names between backticks are code. */
export interface Text {
  readonly kind: 'text';
  readonly text: string;
}

/** Named values; each fits on a line. */
export interface Facts {
  readonly kind: 'facts';
  readonly facts: readonly Fact[];
}

/** A list that may be shortened: `room` is what it may take of a job summary, in bytes. */
export interface List {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly string[];
  readonly room: number;
}

/** A column of a table: names as they are, or sentences. */
export interface Column {
  readonly title: string;
  readonly style: 'code' | 'prose';
  /** Whether it names the row: on a terminal the first line of the record. */
  readonly head: boolean;
}

/** A row of a table, a cell for each column. */
export interface Row {
  readonly cells: readonly string[];
  readonly tone: Tone;
}

/** A table that may be shortened, as a list may. */
export interface Table {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly room: number;
}

/** A text to copy. It is shown whole or not at all: half a command is worse than none. */
export interface Code {
  readonly kind: 'code';
  readonly title: string;
  readonly language: string;
  readonly text: string;
}

/** What a run presents beside what a credential holds. */
export interface Comparison {
  readonly kind: 'comparison';
  readonly presentedTitle: string;
  /** The credential compared with; null when there is none, and `absent` tells why. */
  readonly name: string | null;
  readonly absent: string;
  readonly rows: readonly Compared[];
}

/** The way from the workflow to the roles. */
export interface Chain {
  readonly kind: 'chain';
  readonly nodes: readonly ChainNode[];
}

/** What a section is made of; each reader has its own form for it. */
export type Block = Text | Facts | List | Table | Code | Comparison | Chain;

/** A part of the report as every reader gets it. All texts but titles are raw: whoever renders them escapes them. */
export interface Section {
  readonly title: string;
  /** Whether a summary shows it closed. */
  readonly folded: boolean;
  readonly blocks: readonly Block[];
}

/** Sentences as a block. */
export function text(words: string): Text {
  return { kind: 'text', text: words };
}

/** A list as a block, bulleted unless `ordered`. */
export function list(items: readonly string[], room: number, ordered = false): List {
  return { kind: 'list', ordered, items, room };
}

/** The words for something that could not be read: never silence, and never a pass. */
export function notKnown(missing: string): string {
  return `not known: ${missing}`;
}
