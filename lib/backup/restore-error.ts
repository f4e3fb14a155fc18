/** Why a file is not restored. In each case nothing was changed. */
export type BackupTroubleKind =
  /** No backup of ours. */
  | 'not-a-backup'
  /** Made by a newer version of Followledger. */
  | 'newer'
  /** Cut off, altered, or never right. */
  | 'damaged'
  /** A line is larger than any backup of ours can have: it would only fill memory. */
  | 'too-large'
  /** A list that it continues is being collected. */
  | 'busy'
  /** A list that it continues changed while it was read. */
  | 'changed';

/** What is wrong with a file, where it is wrong. */
export type BackupFault =
  /** It ends before its end. */
  | 'cut-off'
  /** The compression does not match its own check. */
  | 'bad-gzip'
  | 'not-utf8'
  | 'not-json'
  /** Not one of our lines, or not with the fields that it must have. */
  | 'unknown-line'
  /** A line that belongs elsewhere, or was there already. */
  | 'out-of-place'
  /** Digests or numbers do not agree: something was added, removed or changed. */
  | 'altered';

export class BackupError extends Error {
  readonly kind: BackupTroubleKind;
  /** What is wrong, where the file is damaged. */
  readonly fault: BackupFault | null;
  /** The line where it was noticed, from 1; `null` where no line is to blame. */
  line: number | null = null;

  /** @param detail for whoever looks for the reason; no text of the file */
  constructor(
    kind: BackupTroubleKind,
    detail: string,
    options: { readonly cause?: unknown; readonly fault?: BackupFault } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'BackupTrouble';
    this.kind = kind;
    this.fault = options.fault ?? null;
  }
}

/** A file that is not whole, or not as it was. */
export function damaged(fault: BackupFault, detail: string, cause?: unknown): BackupError {
  return new BackupError('damaged', detail, { cause, fault });
}
