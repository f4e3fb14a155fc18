/** The two platforms and their two lists, in the emulator's own words. */
export type Platform = 'x' | 'tiktok';
export type Relation = 'followers' | 'following';
