/** An error of something the user just did; nothing while there is none. Assistive technology announces it at once. */
export function ErrorText({ error }: { readonly error: string | null }) {
  if (error === null) return null;
  return (
    <p role="alert" className="tone-error">
      {error}
    </p>
  );
}

interface FieldErrorProps {
  /** For the field's `aria-describedby`. */
  readonly id: string;
  readonly error: string | null;
}

/** What is wrong with a field. It is always in the page, so that assistive technology announces its changes. */
export function FieldError({ id, error }: FieldErrorProps) {
  return (
    <p id={id} className="tone-error" aria-live="polite">
      {error}
    </p>
  );
}
