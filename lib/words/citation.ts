/** A citation of a list as plain text: what was collected, from whom, when, how much of it, and by which tool. */
import { hasEnded, shownRows, type Snapshot } from '../model/snapshot.ts';
import { i18n } from '#i18n';
import { coverageText } from './coverage.ts';
import { platformName, profileName, stateName } from './names.ts';
import { count } from './numbers.ts';
import { utc } from './times.ts';

/** `Ada Lovelace (@ada_research)`, or only the handle if the name is unknown. */
function citedProfile({ facts, platform, handle }: Pick<Snapshot, 'facts' | 'platform' | 'handle'>): string {
  const profile = profileName(platform, handle);
  const name = facts?.name ?? null;
  return name === null ? profile : i18n.t('citation.profile', { name, profile });
}

/** `Followers of Ada Lovelace (@ada_research) on X`. */
export function subjectText(snapshot: Snapshot): string {
  const names = { profile: citedProfile(snapshot), platform: platformName(snapshot.platform) };
  return snapshot.relation === 'followers'
    ? i18n.t('citation.followers', names)
    : i18n.t('citation.following', names);
}

function collectedText({ createdAt, startedAt, endedAt, state }: Snapshot, provider: string): string {
  const from = utc(startedAt ?? createdAt);
  return hasEnded(state) && endedAt !== null
    ? i18n.t('citation.collected', { from, to: utc(endedAt), provider })
    : i18n.t('citation.started', { from, provider });
}

function accountsText(snapshot: Snapshot): string {
  const rows = shownRows(snapshot);
  const outcome = stateName(snapshot.state);
  const coverage = coverageText(snapshot);
  return snapshot.expected === null || coverage === null
    ? i18n.t('citation.accounts', rows, { n: count(rows), outcome })
    : i18n.t('citation.accounts_of', {
        rows: count(rows),
        expected: count(snapshot.expected),
        coverage,
        outcome,
      });
}

interface Tool {
  readonly providerName: string;
  /** The version of the extension. */
  readonly version: string;
}

/**
 * The citation, in the user's language. Times are in UTC, so that the text means the same to every reader. If a file was
 * exported, the newest one is named with its digest.
 */
export function citationText(snapshot: Snapshot, { providerName, version }: Tool): string {
  const [file] = snapshot.files ?? [];
  return [
    `${subjectText(snapshot)}.`,
    collectedText(snapshot, providerName),
    accountsText(snapshot),
    i18n.t('citation.tool', { version }),
    ...(file === undefined
      ? []
      : [
          i18n.t('citation.file', file.rows, {
            n: count(file.rows),
            file: file.name,
            sha256: file.sha256,
          }),
        ]),
  ].join(' ');
}
