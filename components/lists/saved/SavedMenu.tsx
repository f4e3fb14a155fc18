import { Popover, PopoverDisclosure, PopoverProvider, usePopoverStore } from '@ariakit/react/popover';
import { useEffect, useId, useRef, useState, type ReactNode, type RefObject } from 'react';
import { i18n } from '#i18n';
import { MAX_SAVED_NAME, type SavedQueries, type SavedQuery } from '../../../lib/model/saved-query.ts';
import { Button, buttonClass, IconButton } from '../../shared/Button.tsx';
import { Icon } from '../../shared/Icon.tsx';

interface SavedMenuProps {
  readonly title: string;
  /** Those that can be chosen here. */
  readonly saved: SavedQueries;
  readonly isActive: (item: SavedQuery) => boolean;
  readonly onChoose: (item: SavedQuery) => void;
  /** Changes what is stored. */
  readonly onChange: (change: (now: SavedQueries) => SavedQueries) => void;
  /** What would be saved under a name; `null` if there is nothing to save. */
  readonly make: ((name: string) => SavedQuery) | null;
  /** Said in place of the form if there is nothing to save. */
  readonly nothing: string;
  /** Additional fields of the form. */
  readonly fields?: ReactNode;
  /** Below the form. */
  readonly more?: ReactNode;
}

type Entry = readonly [id: string, item: SavedQuery];

function entriesOf(saved: SavedQueries): readonly Entry[] {
  return Object.entries(saved).sort(([, a], [, b]) => a.name.localeCompare(b.name));
}

function without(saved: SavedQueries, id: string): SavedQueries {
  return Object.fromEntries(Object.entries(saved).filter(([one]) => one !== id));
}

/** Moves the focus to what has this name as soon as it is there, which may be after the change was stored. */
function useFocusAfter(panel: RefObject<HTMLElement | null>): (name: string) => void {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const found = panel.current?.querySelector<HTMLElement>(`[data-saved="${CSS.escape(wanted.current)}"]`);
    if (found == null) return;
    wanted.current = null;
    found.focus();
  });
  return (name) => {
    wanted.current = name;
  };
}

/** What was saved under names: each can be chosen, renamed, and deleted, which can be undone; and a form that saves. */
export function SavedMenu(props: SavedMenuProps) {
  const { title } = props;
  const store = usePopoverStore({ placement: 'bottom-start' });
  return (
    <PopoverProvider store={store}>
      <PopoverDisclosure className={buttonClass({ variant: 'quiet' }, 'add-filter')}>
        {title}
        <Icon name="down" />
      </PopoverDisclosure>
      <Popover className="menu popover saved" aria-label={title} gutter={4} fitViewport unmountOnHide>
        <SavedPanel
          {...props}
          onDone={() => {
            store.hide();
          }}
        />
      </Popover>
    </PopoverProvider>
  );
}

function SavedPanel(props: SavedMenuProps & { readonly onDone: () => void }) {
  const { saved, isActive, onChoose, onChange, make, nothing, fields, more, onDone } = props;
  const panel = useRef<HTMLDivElement>(null);
  const focusAfter = useFocusAfter(panel);
  const [renamed, setRenamed] = useState<string | null>(null);
  const [deleted, setDeleted] = useState<Entry | null>(null);
  const entries = entriesOf(saved);
  const rename = (id: string, item: SavedQuery, name: string): void => {
    if (name !== item.name) onChange((now) => ({ ...now, [id]: { ...item, name } }));
    setRenamed(null);
    focusAfter(id);
  };
  const remove = (entry: Entry): void => {
    onChange((now) => without(now, entry[0]));
    setDeleted(entry);
    focusAfter('undo');
  };
  return (
    <div ref={panel} className="saved-panel">
      {entries.length === 0 && deleted === null && <p className="meta">{i18n.t('saved.none')}</p>}
      <ul>
        {entries.map(([id, item]) => (
          <li key={id} className="saved-item">
            {renamed === id ? (
              <NameForm
                start={item.name}
                submit={() => i18n.t('saved.rename')}
                onName={(name) => {
                  rename(id, item, name);
                }}
                onCancel={() => {
                  rename(id, item, item.name);
                }}
              />
            ) : (
              <SavedRow
                id={id}
                item={item}
                isActive={isActive(item)}
                onChoose={() => {
                  onChoose(item);
                  onDone();
                }}
                onRename={() => {
                  setRenamed(id);
                }}
                onDelete={() => {
                  remove([id, item]);
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {deleted !== null && (
        <div className="line" role="status">
          <p className="grow">{i18n.t('saved.deleted', { name: deleted[1].name })}</p>
          <Button
            size="small"
            data-saved="undo"
            onClick={() => {
              const [id, item] = deleted;
              onChange((now) => ({ ...now, [id]: item }));
              setDeleted(null);
              focusAfter(id);
            }}
          >
            {i18n.t('list.undo')}
          </Button>
        </div>
      )}
      <div className="menu-rule saved-form">
        {make === null ? (
          <p className="meta">{nothing}</p>
        ) : (
          <SaveForm entries={entries} make={make} onChange={onChange} fields={fields} onSaved={focusAfter} />
        )}
        {more}
      </div>
    </div>
  );
}

interface SavedRowProps {
  readonly id: string;
  readonly item: SavedQuery;
  readonly isActive: boolean;
  readonly onChoose: () => void;
  readonly onRename: () => void;
  readonly onDelete: () => void;
}

function SavedRow({ id, item: { name, list }, isActive, onChoose, onRename, onDelete }: SavedRowProps) {
  return (
    <>
      <button
        type="button"
        className="saved-name"
        data-saved={id}
        aria-current={isActive ? 'true' : undefined}
        onClick={onChoose}
      >
        <span className="menu-check">{isActive && <Icon name="done" />}</span>
        <bdi className="ellipsis">{name}</bdi>
        {list !== null && <span className="meta">{i18n.t('saved.this_list')}</span>}
      </button>
      <IconButton icon="edit" label={i18n.t('saved.rename_one', { name })} onClick={onRename} />
      <IconButton icon="close" label={i18n.t('saved.delete_one', { name })} onClick={onDelete} />
    </>
  );
}

interface SaveFormProps extends Pick<SavedMenuProps, 'onChange' | 'fields'> {
  readonly entries: readonly Entry[];
  readonly make: (name: string) => SavedQuery;
  /** Called with the ID. */
  readonly onSaved: (id: string) => void;
}

function SaveForm({ entries, make, onChange, fields, onSaved }: SaveFormProps) {
  /** The one that has this name already. */
  const sameName = (name: string): Entry | undefined =>
    entries.find(([, item]) => item.name === name && item.list === make(name).list);
  return (
    <NameForm
      key={entries.length}
      start=""
      submit={(name) => i18n.t(sameName(name) === undefined ? 'saved.save' : 'saved.replace')}
      onName={(name) => {
        const id = sameName(name)?.[0] ?? crypto.randomUUID();
        onChange((now) => ({ ...now, [id]: make(name) }));
        onSaved(id);
      }}
      onCancel={null}
      fields={fields}
    />
  );
}

interface NameFormProps {
  readonly start: string;
  /** The text of the button, for the name in the field. */
  readonly submit: (name: string) => string;
  readonly onName: (name: string) => void;
  /** `null` if Esc means something else. */
  readonly onCancel: (() => void) | null;
  readonly fields?: ReactNode;
}

function NameForm({ start, submit, onName, onCancel, fields }: NameFormProps) {
  const id = useId();
  const [text, setText] = useState(start);
  const name = text.trim();
  return (
    <form
      className="saved-fields"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== '') onName(name);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || onCancel === null) return;
        // Else the menu would close.
        event.preventDefault();
        onCancel();
      }}
    >
      <div className="line">
        <label htmlFor={id} className="visually-hidden">
          {i18n.t('saved.name')}
        </label>
        <input
          id={id}
          className="input grow"
          dir="auto"
          autoComplete="off"
          // The field takes the place of the button that was clicked.
          autoFocus={onCancel !== null}
          maxLength={MAX_SAVED_NAME}
          placeholder={i18n.t('saved.name')}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
          }}
        />
        <Button type="submit" aria-disabled={name === ''}>
          {submit(name)}
        </Button>
      </div>
      {fields}
    </form>
  );
}
