import { Menu, MenuButton, MenuItem, MenuProvider } from '@ariakit/react/menu';
import { Popover, PopoverAnchor, PopoverDisclosure, PopoverProvider } from '@ariakit/react/popover';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { i18n } from '#i18n';
import { noFilters, type ListFilters } from '../../../lib/lists/query.ts';
import { conditionText } from '../audience-text.ts';
import { Button, buttonClass } from '../../shared/Button.tsx';
import { Icon } from '../../shared/Icon.tsx';
import { filtersSet, isSet, type FilterName } from './filters-set.ts';
import { chipText, FILTER_NAMES, FilterEditor, filterLabel, withStart } from './kinds.tsx';

interface FilterChipsProps {
  readonly filters: ListFilters;
  readonly onFilters: (filters: ListFilters) => void;
}

/** What takes the focus after something disappeared: a chip, by name or by place, or the button that adds one. */
type FocusTarget = FilterName | number | 'add';

/** Moves the focus after the next render, unless the user has moved it elsewhere. */
function useFocusAfter(group: RefObject<HTMLElement | null>): (target: FocusTarget) => void {
  const [wanted, setWanted] = useState<{ readonly target: FocusTarget } | null>(null);
  useEffect(() => {
    const { activeElement } = document;
    const isFree = activeElement === null || activeElement === document.body;
    if (wanted === null || !(isFree || group.current?.contains(activeElement) === true)) return;
    group.current?.querySelector<HTMLElement>(`[data-filter="${String(wanted.target)}"]`)?.focus();
  }, [wanted, group]);
  return (target) => {
    setWanted({ target });
  };
}

/** The active filters as chips, each of which can be changed and removed, and a menu that adds one. */
export function FilterChips({ filters, onFilters }: FilterChipsProps) {
  const group = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<FilterName | null>(null);
  const focusAfter = useFocusAfter(group);
  const set = FILTER_NAMES.filter((name) => isSet(filters, name));
  // A chip stays while its fields are empty, because they are attached to it.
  const shown = FILTER_NAMES.filter((name) => set.includes(name) || name === editing);
  const { conditions } = filters;
  const remove = (name: FilterName): void => {
    const at = shown.indexOf(name);
    if (editing === name) setEditing(null);
    onFilters({ ...filters, [name]: noFilters[name] });
    focusAfter(shown[at + 1] ?? (conditions.length > 0 ? 0 : (shown[at - 1] ?? 'add')));
  };
  const removeCondition = (at: number): void => {
    onFilters({ ...filters, conditions: conditions.filter((_, index) => index !== at) });
    focusAfter(conditions.length > 1 ? Math.min(at, conditions.length - 2) : (shown.at(-1) ?? 'add'));
  };
  const add = (name: FilterName): void => {
    const next = withStart(filters, name);
    if (next === null) {
      setEditing(name);
    } else {
      onFilters(next);
      focusAfter(name);
    }
  };
  return (
    <div role="group" aria-label={i18n.t('filter.title')} className="chips" ref={group}>
      {shown.map((name) => (
        <FilterChip
          key={name}
          name={name}
          filters={filters}
          onFilters={onFilters}
          isOpen={name === editing}
          onOpen={(open) => {
            setEditing(open ? name : null);
            if (!open) focusAfter(isSet(filters, name) ? name : 'add');
          }}
          onRemove={() => {
            remove(name);
          }}
        />
      ))}
      {conditions.map((condition, at) => (
        <ConditionChip
          key={JSON.stringify(condition)}
          place={at}
          text={conditionText(condition)}
          onRemove={() => {
            removeCondition(at);
          }}
        />
      ))}
      <AddFilter
        names={FILTER_NAMES.filter((name) => !shown.includes(name))}
        isAnySet={filtersSet(filters) > 0}
        onAdd={add}
        onClear={() => {
          onFilters(noFilters);
          focusAfter('add');
        }}
      />
    </div>
  );
}

interface FilterChipProps extends FilterChipsProps {
  readonly name: FilterName;
  readonly isOpen: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onRemove: () => void;
}

function FilterChip({ name, filters, onFilters, isOpen, onOpen, onRemove }: FilterChipProps) {
  const text = chipText(filters, name);
  return (
    <span className="chip">
      <PopoverProvider open={isOpen} setOpen={onOpen} placement="bottom-start">
        <PopoverAnchor render={<PopoverDisclosure className="chip-text" data-filter={name} title={text} />}>
          <bdi className="ellipsis">{text}</bdi>
        </PopoverAnchor>
        <Popover
          className="menu popover filter-popover"
          aria-label={filterLabel(name)}
          gutter={4}
          fitViewport
          unmountOnHide
          // The chips decide, because this one may be gone.
          autoFocusOnHide={false}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
            // Else it would also click the chip, which takes the focus.
            event.preventDefault();
            onOpen(false);
          }}
        >
          <FilterEditor name={name} filters={filters} onFilters={onFilters} />
          <p className="meta">{i18n.t('filter.unknown')}</p>
          <div className="buttons">
            <Button
              size="small"
              onClick={() => {
                onOpen(false);
              }}
            >
              {i18n.t('filter.done')}
            </Button>
          </div>
        </Popover>
      </PopoverProvider>
      <RemoveFilter text={text} onRemove={onRemove} />
    </span>
  );
}

interface ConditionChipProps {
  /** Its place among the conditions. */
  readonly place: number;
  readonly text: string;
  readonly onRemove: () => void;
}

/** A condition of a plot or a rule. It is changed where it was made. */
function ConditionChip({ place, text, onRemove }: ConditionChipProps) {
  return (
    <span className="chip">
      <span className="chip-text" title={text}>
        <bdi className="ellipsis">{text}</bdi>
      </span>
      <RemoveFilter text={text} onRemove={onRemove} place={place} />
    </span>
  );
}

interface RemoveFilterProps {
  readonly text: string;
  readonly onRemove: () => void;
  readonly place?: number;
}

function RemoveFilter({ text, onRemove, place }: RemoveFilterProps) {
  const label = i18n.t('filter.remove', { filter: text });
  return (
    <button
      type="button"
      className="chip-remove"
      data-filter={place}
      aria-label={label}
      title={label}
      onClick={onRemove}
    >
      <Icon name="close" />
    </button>
  );
}

interface AddFilterProps {
  readonly names: readonly FilterName[];
  readonly isAnySet: boolean;
  readonly onAdd: (name: FilterName) => void;
  readonly onClear: () => void;
}

function AddFilter({ names, isAnySet, onAdd, onClear }: AddFilterProps) {
  /** Whether an item was chosen, after which the focus goes to the chip. */
  const isChosen = useRef(false);
  const item = (key: string, text: string, act: () => void) => (
    <MenuItem
      key={key}
      className="menu-item"
      onClick={() => {
        isChosen.current = true;
        act();
      }}
    >
      {text}
    </MenuItem>
  );
  return (
    <MenuProvider placement="bottom-start">
      <MenuButton
        className={buttonClass({ variant: 'quiet' }, 'add-filter')}
        data-filter="add"
        onClick={() => {
          isChosen.current = false;
        }}
      >
        <Icon name="add" />
        {i18n.t('filter.add')}
      </MenuButton>
      <Menu
        className="menu"
        gutter={4}
        fitViewport
        unmountOnHide
        aria-label={i18n.t('filter.add')}
        autoFocusOnHide={() => !isChosen.current}
      >
        {names.map((name) =>
          item(name, filterLabel(name), () => {
            onAdd(name);
          }),
        )}
        {isAnySet && <div className="menu-rule">{item('clear', i18n.t('filter.clear'), onClear)}</div>}
      </Menu>
    </MenuProvider>
  );
}
