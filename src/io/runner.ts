import { appendFileSync, existsSync, statSync, truncateSync } from 'node:fs';
import * as core from '@actions/core';
import { commandFileEntries } from './command-file.ts';
import type { Environment } from './effects.ts';
import { writeReport } from './report-file.ts';
import type { StepEffect } from './step-effect.ts';

/** The GitHub Actions runner: inputs, commands, command files. What is printed holds no registered secret. */
export interface Runner {
  input(name: string): string;
  mask(secret: string): void;
  saveState(name: string, value: string): void;
  state(name: string): string;
  /** Applies what is no private file; when one fails, takes back what was written to the command files. */
  apply(effects: readonly StepEffect[]): void;
  /** The same plain data without any registered secret in its texts: to be used before anything is escaped. */
  scrub<T>(data: T): T;
  info(text: string): void;
  debug(text: string): void;
  warning(text: string): void;
  /** The error annotation of a failed step. */
  error(text: string): void;
  annotate(level: 'error' | 'warning' | 'notice', title: string, text: string): void;
  summary(markdown: string): void;
}

const ANNOTATE = { error: core.error, warning: core.warning, notice: core.notice };

/** The runner that this environment describes. */
export function createRunner(env: Environment): Runner {
  const scrub = createScrubber();
  return {
    input: (name) => core.getInput(name),
    mask: (secret) => {
      for (const part of scrub.add(secret)) core.setSecret(part);
    },
    saveState: core.saveState,
    state: core.getState,
    apply: (effects) =>
      applyAll(effects, { output: env['GITHUB_OUTPUT'], variables: env['GITHUB_ENV'] }, scrub.text),
    scrub: (data) => mapTexts(data, scrub.text),
    info: (text) => core.info(scrub.text(text)),
    debug: (text) => core.debug(scrub.text(text)),
    warning: (text) => core.warning(scrub.text(text)),
    error: (text) => core.error(scrub.text(text), { title: 'Entra Federate' }),
    annotate: (level, title, text) => ANNOTATE[level](scrub.text(text), { title: scrub.text(title) }),
    summary: (markdown) => appendSummary(env['GITHUB_STEP_SUMMARY'], scrub.text(markdown)),
  };
}

/** Which of the files that the runner gives every step are missing; without them values would go to the log. */
export function missingRunnerFiles(env: Environment): string[] {
  const files = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE'].filter(
    (name) => !existsSync(env[name] ?? ''),
  );
  return env['RUNNER_TEMP'] && existsSync(env['RUNNER_TEMP']) ? files : [...files, 'RUNNER_TEMP'];
}

/** Reports first, then each command file with one append; what was appended, be it in part, is taken back where one fails. */
function applyAll(
  effects: readonly StepEffect[],
  { output, variables }: CommandFiles,
  scrub: (text: string) => string,
) {
  for (const effect of effects) {
    if (effect.kind === 'report') writeReport(effect.path, scrub(effect.content));
  }
  const before = [output, variables].map((file) => ({ file, size: sizeOf(file) }));
  try {
    append(
      output,
      effects.filter((effect) => effect.kind === 'output'),
    );
    append(
      variables,
      effects.filter((effect) => effect.kind === 'variable'),
    );
  } catch (error) {
    for (const { file, size } of before) takeBack(file, size);
    throw error;
  }
  for (const effect of effects) {
    if (effect.kind === 'notice') core.notice(scrub(effect.text));
    if (effect.kind === 'warning') core.warning(scrub(effect.text));
  }
}

interface CommandFiles {
  readonly output: string | undefined;
  readonly variables: string | undefined;
}

function sizeOf(file: string | undefined): number {
  return file && existsSync(file) ? statSync(file).size : 0;
}

function takeBack(file: string | undefined, size: number): void {
  try {
    if (file && sizeOf(file) > size) truncateSync(file, size);
  } catch {
    // What is told is why it could not be written; the other file is taken back all the same.
  }
}

function append(
  file: string | undefined,
  entries: readonly { readonly name: string; readonly value: string }[],
): void {
  if (entries.length === 0) return;
  if (!file) throw new Error('the runner gave no command file');
  appendFileSync(file, commandFileEntries(entries));
}

// A job summary is worth having, but not worth failing for.
function appendSummary(file: string | undefined, markdown: string): void {
  try {
    if (file && existsSync(file)) appendFileSync(file, markdown);
  } catch {
    core.debug('the job summary could not be written');
  }
}

function mapTexts<T>(data: T, change: (text: string) => string): T;
function mapTexts(data: unknown, change: (text: string) => string): unknown {
  if (typeof data === 'string') return change(data);
  if (Array.isArray(data)) return data.map((item) => mapTexts(item, change));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, mapTexts(value, change)]));
}

/**
 * Knows the secrets of this process. The runner masks whole values only, so the payload and signature of a JWT are
 * secrets of their own; a header is the same for all tokens of a key and tells nothing.
 */
function createScrubber() {
  const known = new Set<string>();
  return {
    add(secret: string): string[] {
      const segments = /^ey[^.]*\.[^.]+\.[^.]+$/.test(secret) ? secret.split('.').slice(1) : [];
      const parts = [secret, ...segments].filter((part) => part.length >= 8);
      const fresh = parts.filter((part) => !known.has(part));
      for (const part of fresh) known.add(part);
      return fresh;
    },
    text(text: string): string {
      let clean = text;
      for (const secret of known) clean = clean.replaceAll(secret, '***');
      return clean;
    },
  };
}
