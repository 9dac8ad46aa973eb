/** Reads what the user gives as usage; the text itself shows which format it is. */
import { isObject, type Json, type JsonObject } from '../../util/json.ts';
import { position } from '../../yaml/index.ts';
import type { ContainerUsage } from '../usage.ts';
import { readAutoscalers } from './autoscalers.ts';
import { UsageProblem } from './problem.ts';
import { isPrometheusResult, readPrometheus } from './prometheus.ts';
import { isTop, readTop } from './top.ts';

/** What a text is called in messages, and how old it is. */
export interface UsageOrigin {
  readonly path: string;
  /** The day on which it was written, as `2026-11-20`; for formats that name no time themselves. */
  readonly date?: string;
}

/** Something wrong in a text; line and column are counted from 1. */
export interface UsageError {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The usage in a text, or what is wrong with it. */
export type UsageResult = { readonly usage: readonly ContainerUsage[] } | { readonly error: UsageError };

const FORMATS = 'give what kubectl top pod --containers prints, VerticalPodAutoscaler objects, or a result of the Prometheus API';

/**
 * Reads what containers use, for the option `usage` of `harden`: the output of `kubectl top pod --containers`, VerticalPodAutoscaler
 * objects in YAML or JSON, or a result of the Prometheus API. A text without any usage is an error.
 */
export function readUsage(text: string, origin: UsageOrigin): UsageResult {
  try {
    const usage = read(text, origin);
    return usage.length > 0 ? { usage } : { error: errorAt(text, 0, 'it holds no usage of any container', origin) };
  } catch (error) {
    if (!(error instanceof UsageProblem)) throw error;
    return { error: errorAt(text, error.offset, error.message, origin) };
  }
}

function errorAt(text: string, offset: number, message: string, { path }: UsageOrigin): UsageError {
  return { path, ...position(text, offset), message };
}

function read(text: string, { path, date }: UsageOrigin): readonly ContainerUsage[] {
  const day = date === undefined ? {} : { date };
  const answer = /^\s*\{/.test(text) ? parsedJson(text) : undefined;
  if (answer && isPrometheusResult(answer)) return readPrometheus(text, answer, `Prometheus in ${path}`);
  if (/^\s*\{|^\s*(?:- )?"?(?:apiVersion|kind)"?\s*:/m.test(text)) return readAutoscalers(text, { file: path, ...day });
  if (isTop(text)) return readTop(text, { source: `kubectl top in ${path}`, ...day });
  throw new UsageProblem(
    /\S/.exec(text)?.index ?? 0,
    text.trim() === '' ? `the file is empty: ${FORMATS}` : `unknown format: ${FORMATS}`,
  );
}

/** The object of a text; undefined for another text, in which the reader of YAML finds the mistake. */
function parsedJson(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
