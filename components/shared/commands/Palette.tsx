import { Combobox, ComboboxItem, ComboboxList, ComboboxProvider } from '@ariakit/react/combobox';
import { Dialog, DialogDismiss } from '@ariakit/react/dialog';
import { useMemo, useState } from 'react';
import { i18n } from '#i18n';
import { count } from '../../../lib/words/numbers.ts';
import { matching } from './matching.ts';
import { useEntries, type Command, type CommandGroup } from './registry.ts';
import '../../styles/commands.css';
import '../../styles/exports.css';

/** How many results of a group are listed. More typing finds the others. */
const MOST = 50;

const GROUPS: readonly CommandGroup[] = ['actions', 'lists'];

function groupTitle(group: CommandGroup): string {
  return group === 'actions' ? i18n.t('command.actions') : i18n.t('command.lists');
}

/** The command palette: finds a list or an action by its name, and opens or runs it. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const entries = useEntries();
  const found = useMemo(() => {
    const commands = entries.filter((entry) => entry.kind === 'command');
    return matching(commands, text);
  }, [entries, text]);
  const groups = GROUPS.map((group) => ({ group, commands: found.filter((one) => one.group === group) }));
  const hidden = groups.reduce((sum, { commands }) => sum + Math.max(0, commands.length - MOST), 0);
  return (
    <Dialog
      open
      onClose={onClose}
      className="palette"
      backdrop={<div className="backdrop" />}
      aria-label={i18n.t('command.palette')}
    >
      <ComboboxProvider open setInputValue={setText} focusLoop>
        <Combobox
          autoSelect="always"
          className="input palette-field"
          aria-label={i18n.t('command.palette')}
          placeholder={i18n.t('command.hint')}
        />
        <ComboboxList className="palette-list" alwaysVisible aria-label={i18n.t('command.palette')}>
          {groups.map(({ group, commands }) =>
            commands.length === 0 ? null : (
              <Results key={group} group={group} commands={commands.slice(0, MOST)} onClose={onClose} />
            ),
          )}
        </ComboboxList>
        <p role="status" className="meta palette-note">
          {found.length === 0
            ? i18n.t('command.none')
            : hidden > 0
              ? i18n.t('command.more', { n: count(hidden) })
              : i18n.t('command.found', found.length, { n: count(found.length) })}
        </p>
      </ComboboxProvider>
      <DialogDismiss className="visually-hidden">{i18n.t('command.dismiss')}</DialogDismiss>
    </Dialog>
  );
}

interface ResultsProps {
  readonly group: CommandGroup;
  readonly commands: readonly Command[];
  readonly onClose: () => void;
}

function Results({ group, commands, onClose }: ResultsProps) {
  return (
    <div role="group" aria-label={groupTitle(group)}>
      <p className="meta menu-label" aria-hidden="true">
        {groupTitle(group)}
      </p>
      {commands.map(({ id, title, detail, key, run }) => (
        <ComboboxItem
          key={id}
          className="menu-item"
          // The text is what is searched for; an item never replaces it.
          setValueOnClick={false}
          hideOnClick={false}
          focusOnHover
          onClick={() => {
            onClose();
            run();
          }}
        >
          <bdi className="ellipsis">{title}</bdi>
          {detail !== undefined && <span className="meta ellipsis palette-detail">{detail}</span>}
          {key !== undefined && <kbd>{key}</kbd>}
        </ComboboxItem>
      ))}
    </div>
  );
}
