/** Why a file is not restored. In each case nothing was changed. */
export type BackupTroubleKind =
  /** No backup of ours. */
  | 'not-a-backup'
  /** Made by a newer version of Followledger. */
  | 'newer'
  /** Cut off, altered, or never right. */
  | 'damaged'
  /** Larger than any backup of ours can be: it would only fill memory or disk. */
  | 'too-large'
  /** A list that it continues is being collected. */
  | 'busy'
  /** A list that it continues changed while it was read. */
  | 'changed';

export class BackupTrouble extends Error {
  readonly kind: BackupTroubleKind;

  /** @param detail for whoever looks for the reason; no text of the file */
  constructor(kind: BackupTroubleKind, detail: string, options?: { readonly cause?: unknown }) {
    super(detail, options);
    this.name = 'BackupTrouble';
    this.kind = kind;
  }
}
