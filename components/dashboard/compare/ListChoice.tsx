import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Platform } from '../../../lib/model/platform.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { MOST_LISTS } from '../../../lib/model/most-lists.ts';
import { accountsText, listTitle } from '../../../lib/words/lists.ts';
import { platformName, profileName, stateName } from '../../../lib/words/names.ts';
import { count } from '../../../lib/words/numbers.ts';
import { useNow } from '../../hooks/useNow.ts';
import { FindList, FoundLists, useListSearch } from '../../lists/FindList.tsx';
import { profileKey, profilesOf, type ListedProfile } from '../../lists/list-groups.ts';
import { PlatformIcon } from '../../shared/Icon.tsx';

/** Drawing thousands of lists would take long. */
const MOST_SHOWN = 200;

interface ListChoiceProps {
  /** All lists that can be chosen, newest first. */
  readonly lists: readonly Snapshot[];
  readonly chosen: readonly SnapshotId[];
  /** The platform of the lists chosen so far. */
  readonly platform: Platform | null;
  readonly onChosen: (chosen: readonly SnapshotId[]) => void;
}

/** All lists under their profiles, each with a check box. */
export function ListChoice({ lists, chosen, platform, onChosen }: ListChoiceProps) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const search = useListSearch(lists);
  const found = search.found ?? lists;
  const shown = found.slice(0, MOST_SHOWN);
  const isFull = chosen.length >= MOST_LISTS;
  return (
    <div className="compare-choice">
      <FindList search={search} lines={scroller} />
      <FoundLists search={search} />
      <p className="meta" role="status">
        {isFull
          ? i18n.t('compare.most', { n: count(MOST_LISTS) })
          : i18n.t('compare.chosen', { n: count(chosen.length) })}
      </p>
      <div className="compare-lists" ref={setScroller}>
        {Array.from(profilesOf(shown), ([key, profile]) => (
          <ProfileChoice
            key={key}
            profile={profile}
            lists={shown.filter((list) => profileKey(list) === key)}
            chosen={chosen}
            isFull={isFull}
            platform={platform}
            onChosen={onChosen}
          />
        ))}
        {found.length > shown.length && (
          <p className="meta">{i18n.t('compare.more_lists', { n: count(found.length - shown.length) })}</p>
        )}
      </div>
    </div>
  );
}

interface ProfileChoiceProps extends ListChoiceProps {
  readonly profile: ListedProfile;
  readonly isFull: boolean;
}

/** The lists of a profile. Those of another platform than the chosen ones can't be chosen, and the reason is beside them. */
function ProfileChoice({ profile, lists, chosen, isFull, platform, onChosen }: ProfileChoiceProps) {
  const reason = useId();
  const now = useNow(60_000);
  const called = profileName(profile.platform, profile.handle);
  const isOther = platform !== null && platform !== profile.platform;
  return (
    <fieldset className="compare-profile">
      <legend>
        <PlatformIcon platform={profile.platform} />
        <bdi>{profile.name ?? called}</bdi> {profile.name !== null && <bdi className="meta">{called}</bdi>}
      </legend>
      {isOther && (
        <p id={reason} className="meta">
          {i18n.t('compare.other_platform', {
            one: platformName(profile.platform),
            other: platformName(platform),
          })}
        </p>
      )}
      {lists.map((list) => {
        const isChosen = chosen.includes(list.id);
        const isDisabled = !isChosen && (isOther || isFull);
        return (
          <label key={list.id} className={isDisabled ? 'check muted' : 'check'}>
            <input
              type="checkbox"
              data-row=""
              checked={isChosen}
              disabled={isDisabled}
              aria-describedby={isOther ? reason : undefined}
              onChange={() => {
                onChosen(isChosen ? chosen.filter((id) => id !== list.id) : [...chosen, list.id]);
              }}
            />
            <span>
              <bdi>{listTitle(list, now)}</bdi>{' '}
              <span className="meta">
                {accountsText(list.rows)} · {stateName(list.state)}
              </span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
