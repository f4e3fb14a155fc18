/** Display names of platforms, relations, states, and outcomes. */
import { idInHandle } from '../model/handles.ts';
import type { Platform, Relation } from '../model/platform.ts';
import type { Outcome, State } from '../model/snapshot.ts';
import { i18n } from '#i18n';

export function platformName(platform: Platform): string {
  return i18n.t(`platform.${platform}`);
}

const HINTS: Readonly<Record<Platform, (() => string) | null>> = {
  x: null,
  tiktok: () => i18n.t('popup.tiktok_hint'),
};

/** What users should know before they collect a list on a platform; `null` if there is nothing. */
export function platformHint(platform: Platform): string | null {
  return HINTS[platform]?.() ?? null;
}

/** `@ada`; `account ID 12345` if only the ID is known. */
export function profileName(platform: Platform, handle: string): string {
  const id = idInHandle(platform, handle);
  return id === null ? `@${handle}` : i18n.t('popup.by_id', { id });
}

/** Within a sentence: `followers`. */
export function relationName(relation: Relation): string {
  return relation === 'followers' ? i18n.t('relation.followers') : i18n.t('relation.following');
}

/** At the start of a line: `Followers`. */
export function relationTitle(relation: Relation): string {
  return relation === 'followers' ? i18n.t('relation.followers_title') : i18n.t('relation.following_title');
}

/** The name of the platform's own order of a list. */
export function platformOrderName(relation: Relation): string {
  return relation === 'followers' ? i18n.t('sort.newest_followers') : i18n.t('sort.newest_following');
}

/** An outcome in two or three words, to be shown next to an icon. */
export function outcomeName(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'complete':
      return i18n.t('outcome.complete');
    case 'ended-early':
      return i18n.t('outcome.ended_early');
    case 'updated':
      return i18n.t('outcome.updated');
    case 'capped':
      return i18n.t('outcome.capped');
    case 'stopped':
      return i18n.t('outcome.stopped');
    case 'stalled':
      return i18n.t('outcome.stalled');
    case 'failed':
      return i18n.t('outcome.failed');
  }
}

type AnyState = Pick<Exclude<State, { kind: 'ended' }>, 'kind'> | Extract<State, { kind: 'ended' }>;

/** A state in one or two words, to be shown next to an icon. */
export function stateName(state: AnyState): string {
  switch (state.kind) {
    case 'queued':
      return i18n.t('state.queued');
    case 'confirming':
      return i18n.t('state.confirming');
    case 'resolving':
      return i18n.t('state.resolving');
    case 'running':
      return i18n.t('state.running');
    case 'waiting':
      return i18n.t('state.waiting');
    case 'blocked':
      return i18n.t('state.blocked');
    case 'paused':
      return i18n.t('state.paused');
    case 'ended':
      return outcomeName(state.outcome);
  }
}

/** A state in one word, part of its name, where there is no room for more. */
export function shortStateName(state: AnyState): string {
  const kind = state.kind === 'ended' ? state.outcome.kind : state.kind;
  switch (kind) {
    case 'confirming':
      return i18n.t('state_short.confirming');
    case 'blocked':
      return i18n.t('state_short.blocked');
    case 'ended-early':
      return i18n.t('state_short.ended_early');
    case 'capped':
      return i18n.t('state_short.capped');
    case 'stopped':
      return i18n.t('state_short.stopped');
    case 'stalled':
      return i18n.t('state_short.stalled');
    default:
      return stateName(state);
  }
}

/** Which color and icon a state has. Color is never the only indication. */
export type Tone = 'busy' | 'waiting' | 'error' | 'done' | 'partial';

export function toneOf(state: AnyState): Tone {
  switch (state.kind) {
    case 'queued':
    case 'resolving':
    case 'running':
      return 'busy';
    case 'confirming':
    case 'waiting':
    case 'paused':
      return 'waiting';
    case 'blocked':
      return 'error';
    case 'ended':
      switch (state.outcome.kind) {
        case 'complete':
        case 'updated':
          return 'done';
        case 'failed':
          return 'error';
        case 'ended-early':
        case 'capped':
        case 'stopped':
        case 'stalled':
          return 'partial';
      }
  }
}
