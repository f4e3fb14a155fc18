/** Why a file was not restored. In each case, nothing was changed. */
export type RestoreErrorKind =
  /** Not a Followledger backup. */
  | 'not-a-backup'
  /** Created by a newer version of Followledger. */
  | 'newer'
  /** Incomplete, altered, or invalid. */
  | 'damaged'
  /** A line is longer than a backup's lines can be, and might fill the memory. */
  | 'too-large'
  /** A list that the backup continues is being collected. */
  | 'busy'
  /** A list that the backup continues, or the file itself, changed while the file was read. */
  | 'changed';

/** What is wrong with a damaged file. */
export type BackupFault =
  /** The end of the file is missing. */
  | 'cut-off'
  /** The gzip data is incomplete, or its checksum is wrong. */
  | 'bad-gzip'
  | 'not-utf8'
  | 'not-json'
  /** A line of an unknown kind, or with invalid fields. */
  | 'unknown-line'
  /** A line in the wrong place, or a repeated one. */
  | 'out-of-place'
  /** Digests or counts don't match: something was added, removed, or changed. */
  | 'altered';

export class BackupError extends Error {
  readonly kind: RestoreErrorKind;
  /** What is wrong, if the file is damaged. */
  readonly fault: BackupFault | null;
  /** The number of the invalid line, from 1; `null` if there is none. */
  line: number | null = null;

  /** @param detail for debugging; must not contain text of the file */
  constructor(
    kind: RestoreErrorKind,
    detail: string,
    options: { readonly cause?: unknown; readonly fault?: BackupFault } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'BackupError';
    this.kind = kind;
    this.fault = options.fault ?? null;
  }
}

/** Creates the error for a damaged file. */
export function damaged(fault: BackupFault, detail: string, cause?: unknown): BackupError {
  return new BackupError('damaged', detail, { cause, fault });
}
