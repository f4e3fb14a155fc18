/** The two platforms and their two lists, as the emulator names them. */
export type Platform = 'x' | 'tiktok';
export type Relation = 'followers' | 'following';
