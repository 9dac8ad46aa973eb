/** What a filter can hide: changes and findings, each of one kind. */
import type { AppliedChange } from '../../index.ts';
import { sentenceOf, type Problem } from '../result.ts';
import { code, escaped } from './escape.ts';

/** The kinds of items, the most urgent first, with the words for one and for many. */
export const KINDS = {
  error: { badge: 'error', label: 'Errors' },
  warning: { badge: 'warning', label: 'Warnings' },
  'may-break': { badge: 'may break', label: 'Changes that may break' },
  safe: { badge: 'safe', label: 'Safe changes' },
  info: { badge: 'note', label: 'Notes' },
} as const;

export type ItemKind = keyof typeof KINDS;

/** The kind of a change. */
export function kindOfChange({ safety }: AppliedChange): ItemKind {
  return safety;
}

/** A change as the item of a list: its transform, what it is about, and why. */
export function changeItem(change: AppliedChange, { id, number }: { readonly id: string; readonly number: number }): string {
  const { transform, because } = change;
  const kind = kindOfChange(change);
  const badge = kind === 'safe' ? '' : ` ${badgeOf(kind)}`;
  const known = because === undefined ? '' : ` <span class="quiet">(${escaped(because)})</span>`;
  const head = `<span class="number">${number}</span> ${idLink(transform)}${badge}`;
  return `<li id="${id}" ${filterData(kind, transform)}>${head}<p>${escaped(sentenceOf(change))}${known}</p></li>`;
}

/** A finding as the item of a list: severity, place, id, and what is the matter. */
export function findingItem(problem: Problem): string {
  const { severity, id, line, column = 1, source } = problem;
  const place =
    line === undefined ? '' : ` <span class="place" data-line="${line}" data-column="${column}">${line}:${column}</span>`;
  const from = source === undefined ? '' : ` <span class="quiet">(from ${code(source)})</span>`;
  const head = `${badgeOf(severity)} ${idLink(id)}${place}`;
  return `<li ${filterData(severity, id)}>${head}<p>${escaped(sentenceOf(problem))}${from}</p></li>`;
}

function filterData(kind: ItemKind, id: string): string {
  return `data-kind="${kind}" data-id="${escaped(id)}"`;
}

function badgeOf(kind: ItemKind): string {
  return `<span class="badge ${kind}">${KINDS[kind].badge}</span>`;
}

/** An id that leads to what it means, further down on the page. */
function idLink(id: string): string {
  return `<a class="id" href="#about-${escaped(id)}">${code(id)}</a>`;
}
