/** Ledger entries of requests for which it is unknown whether the provider charged. */
type Row = Readonly<Record<string, unknown>>;

export interface UnknownCharges {
  /** Requests whose response was lost. */
  readonly lost: number;
  /** Repetitions by the browser: each is recorded next to the request that it repeats (decision 0060). */
  readonly resent: number;
}

export function unknownCharges(ledger: readonly Row[]): UnknownCharges {
  const unknown = ledger.filter(({ status }) => status === 'maybe');
  const resent = unknown.filter((entry) =>
    ledger.some((other) => other !== entry && other['sentAt'] === entry['sentAt']),
  );
  return { lost: unknown.length - resent.length, resent: resent.length };
}
