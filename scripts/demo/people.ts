import type { Emulator } from '../../tests/emulator/emulator.ts';

/** The profiles in pictures. Nobody in them exists. */
export const PROFILES = {
  /** 2,450 followers. */
  main: { handle: 'ada_research', url: 'https://x.com/ada_research' },
  /** X counts suspended accounts, too, so its list stays below the count. */
  partial: { handle: 'harbor_club', url: 'https://x.com/harbor_club' },
  clips: { handle: 'ada.clips', url: 'https://www.tiktok.com/@ada.clips' },
} as const;

/** Replaces the emulator's profiles of these names: their followers are people as they might be. */
export function usePlausiblePeople(emulator: Emulator, emoji: boolean): void {
  const plausible = { emoji };
  emulator.population({
    platform: 'x',
    handle: PROFILES.main.handle,
    name: 'Ada Research',
    bio: 'Studies how news travels. Charts, mostly.',
    seed: 'city',
    followers: 2_450,
    following: 310,
    plausible,
  });
  emulator.population({
    platform: 'x',
    handle: PROFILES.partial.handle,
    name: emoji ? 'Harbor Swim Club 🏊' : 'Harbor Swim Club',
    followers: 860,
    following: 140,
    suspendedEvery: 9,
    plausible,
  });
  emulator.population({
    platform: 'tiktok',
    handle: PROFILES.clips.handle,
    name: emoji ? 'Ada Clips 🎬' : 'Ada Clips',
    seed: 'clips',
    followers: 1_240,
    following: 160,
    plausible,
  });
}
