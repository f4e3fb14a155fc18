import { useId, useState, type DragEvent } from 'react';
import { i18n } from '#i18n';
import { decodeText } from '../../../lib/batch/decode.ts';
import { LONGEST_TEXT } from '../../../lib/batch/lines.ts';
import { count } from '../../../lib/words/numbers.ts';
import { FieldError } from '../../shared/ErrorText.tsx';

/** A character takes at most so many bytes. */
const MOST_BYTES = 4 * LONGEST_TEXT;

interface ProfilesFieldProps {
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** The text of a file, or why it can't be read. */
async function readFile(file: File): Promise<{ readonly text: string } | { readonly error: string }> {
  if (file.size > MOST_BYTES) return { error: i18n.t('many.too_long', { n: count(LONGEST_TEXT) }) };
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (text === null) return { error: i18n.t('many.not_text', { name: file.name }) };
  return text.length > LONGEST_TEXT
    ? { error: i18n.t('many.too_long', { n: count(LONGEST_TEXT) }) }
    : { text };
}

/** A field for many handles and links. A text or CSV file can be chosen or dropped. */
export function ProfilesField({ text, onText }: ProfilesFieldProps) {
  const id = useId();
  const [error, setError] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const read = await readFile(file);
    setError('error' in read ? read.error : null);
    if ('text' in read) onText(read.text);
  }
  const onFile = (file: File | undefined): void => {
    take(file).catch((thrown: unknown) => {
      setError(i18n.t('run.not_sent', { why: thrown instanceof Error ? thrown.message : String(thrown) }));
    });
  };
  const onDrop = (event: DragEvent): void => {
    setOver(false);
    const [file] = event.dataTransfer.files;
    // Dropped text is the field's own business.
    if (file === undefined) return;
    event.preventDefault();
    onFile(file);
  };
  return (
    <div
      className={isOver ? 'field many-field over' : 'field many-field'}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={onDrop}
    >
      <label htmlFor={id}>{i18n.t('many.field')}</label>
      <textarea
        id={id}
        className="input"
        rows={8}
        value={text}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        placeholder={i18n.t('many.placeholder')}
        aria-describedby={`${id}-hint ${id}-error`}
        onChange={({ target }) => {
          const isTooLong = target.value.length > LONGEST_TEXT;
          setError(isTooLong ? i18n.t('many.too_long', { n: count(LONGEST_TEXT) }) : null);
          if (!isTooLong) onText(target.value);
        }}
      />
      <div className="line">
        <p id={`${id}-hint`} className="meta grow">
          {i18n.t('many.hint')}
        </p>
        <label className="button small file-button">
          {i18n.t('many.file')}
          <input
            type="file"
            className="visually-hidden"
            accept=".txt,.csv,.tsv,text/plain,text/csv,text/tab-separated-values"
            onChange={({ target }) => {
              onFile(target.files?.[0]);
              // The same file can be chosen again after it was changed.
              target.value = '';
            }}
          />
        </label>
      </div>
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}
