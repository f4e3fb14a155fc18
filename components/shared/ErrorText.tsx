/** An error from the user's last action; renders nothing if there is none. Screen readers announce it immediately. */
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

/** A field's error. The element is always on the page, so that screen readers announce its changes. */
export function FieldError({ id, error }: FieldErrorProps) {
  return (
    <p id={id} className="tone-error" aria-live="polite">
      {error}
    </p>
  );
}
