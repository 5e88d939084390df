import { memo, useCallback, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { CheckMark } from './checkbox';
import { classNames } from './class-names';
import type { TableColumn, TableSort } from './data-table';
import { Icon } from './icon';
import { flexibleWidth, leastWidth } from './table-width';
import { VisuallyHidden } from './text';
import { between, drawnRows, isPlainEnter, rowAfter, windowOf, type Window } from './virtual-rows';
import { moveSideways, scrollerOf, textScale, viewOf } from './virtual-view';
import styles from './virtual-table.module.css';

/** Rows that are chosen, for what is done with several. */
export interface TableSelection<Item> {
  readonly keys: ReadonlySet<string>;
  readonly onChange: (keys: ReadonlySet<string>) => void;
  /** What the box of a row is called, such as “Tidewater production”. */
  readonly nameOf: (item: Item) => string;
}

export interface VirtualTableProps<Item> {
  readonly label: string;
  readonly columns: readonly TableColumn<Item>[];
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly rowHeight: 'dense' | 'tall';
  readonly sort?: TableSort | undefined;
  readonly onSort?: ((sort: TableSort) => void) | undefined;
  readonly onOpen?: ((key: string) => void) | undefined;
  readonly selection?: TableSelection<Item> | undefined;
  readonly empty?: ReactNode;
  /** What scrolls its rows: the table itself, which then needs a height, or what it stands in. Its heads stay in view. */
  readonly scroller?: 'table' | 'page' | undefined;
}

const rowPixels = { dense: 38, tall: 54 } as const;
const firstWindow: Window = { first: 0, last: 16 };

/**
 * Rows and columns of which only those in view are drawn, however many there are: a list of ten thousand costs what a
 * screen of it does. One stop of the Tab key, on the row where one was; arrows, Page, Home and End move, arrows sideways
 * lead along the controls of a row and the headers, Space chooses, Shift chooses up to here.
 */
export function VirtualTable<Item extends object>(props: VirtualTableProps<Item>) {
  const { columns, empty, items, keyOf, label, onOpen, onSort, rowHeight, scroller = 'table', selection, sort } = props;
  const table = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  /** looked for once: a scroll asks for no style of anything */
  const scrolled = useRef<HTMLElement>(null);
  const [range, setRange] = useState(firstWindow);
  const [current, setCurrent] = useState<string>();
  /** where the focus is, for when its row goes away; -1: not in a row */
  const focused = useRef(-1);
  /** the row from which Shift chooses; by its key, for rows come and go and are put in another order */
  const from = useRef<string>(undefined);
  const pixels = rowPixels[rowHeight] * textScale();
  const here = items.findIndex((item) => keyOf(item) === current);
  const stop = here >= 0 ? here : Math.min(range.first, items.length - 1);

  const look = useCallback(() => {
    if (scrolled.current === null) return;
    const view = viewOf(scrolled.current, rows.current);
    const from = Math.max(0, view.top);
    const next = windowOf(from, Math.min(view.bottom, items.length * pixels) - from, pixels, items.length);
    setRange((before) => (before.first === next.first && before.last === next.last ? before : next));
  }, [items.length, pixels]);
  useLayoutEffect(() => {
    const element = table.current;
    if (element === null) return undefined;
    const around = scrollerOf(element);
    scrolled.current = around;
    look();
    const observer = new ResizeObserver(look);
    // what stands above the table moves it, and is seen by the size of what it stands in
    for (const one of [around, ...around.children]) observer.observe(one);
    around.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      around.removeEventListener('scroll', look);
    };
  }, [look]);

  const rowAt = (index: number) => table.current?.querySelector<HTMLElement>(`[data-index="${String(index)}"]`);
  const goTo = (index: number) => {
    const item = items[index];
    const around = scrolled.current;
    if (item === undefined || around === null) return;
    const view = viewOf(around, rows.current);
    const top = index * pixels;
    const underHead = view.top + (head.current?.clientHeight ?? 0);
    if (top < underHead) around.scrollTop += top - underHead;
    else if (top + pixels > view.bottom) around.scrollTop += top + pixels - view.bottom;
    focused.current = index;
    setCurrent(keyOf(item));
    look();
    const drawn = rowAt(index);
    if (!drawn) requestAnimationFrame(() => rowAt(index)?.focus({ preventScroll: true }));
    else drawn.focus({ preventScroll: true });
  };

  // a row that goes away gives the focus to the one in its place
  const giveOn = useEffectEvent(() => {
    if (focused.current < 0 || here >= 0) return;
    if (document.activeElement !== document.body && document.activeElement !== null) focused.current = -1;
    else goTo(Math.min(focused.current, items.length - 1));
  });
  useLayoutEffect(() => giveOn(), [items]);

  const choose = (index: number, isRange: boolean) => {
    const item = items[index];
    if (selection === undefined || item === undefined) return;
    const keys = new Set(selection.keys);
    const anchor = items.findIndex((one) => keyOf(one) === from.current);
    if (isRange) for (const one of between(items, anchor < 0 ? index : anchor, index)) keys.add(keyOf(one));
    else if (!keys.delete(keyOf(item))) keys.add(keyOf(item));
    if (!isRange || anchor < 0) from.current = keyOf(item);
    selection.onChange(keys);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    // what opens above it is its child only for React
    if (table.current?.contains(target) !== true) return;
    const row = target.closest<HTMLElement>('[data-index]');
    const column = target.closest<HTMLElement>('[role="columnheader"]');
    if (column !== null) {
      if (event.key === 'ArrowDown') goTo(stop);
      else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') step(column, event.key);
      else return;
    } else if (row !== null) {
      const index = Number(row.dataset['index']);
      const onRow = target === row;
      const room = scrolled.current?.clientHeight ?? 0;
      const page = Math.max(1, Math.floor((room - pixels) / pixels));
      const next = rowAfter(event.key, index, items.length, page);
      if (event.key === 'ArrowUp' && index === 0) firstHeader()?.focus();
      else if (next !== undefined && (onRow || event.key.startsWith('Arrow'))) {
        if (event.shiftKey && selection !== undefined) {
          const key = row.dataset['key'] ?? '';
          if (!selection.keys.has(key)) from.current = key;
          choose(next, true);
        }
        goTo(next);
      } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') along(row, target, event.key);
      else if (!onRow) return;
      else if (isPlainEnter(event) && onOpen !== undefined) onOpen(row.dataset['key'] ?? '');
      else if (event.key === ' ' && selection !== undefined) choose(index, event.shiftKey);
      else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && selection !== undefined) chooseAll();
      else if (event.key === 'Escape' && selection !== undefined && selection.keys.size > 0) {
        selection.onChange(new Set());
      } else return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const firstHeader = () => table.current?.querySelector<HTMLElement>('[role="columnheader"]');
  const chooseAll = () => selection?.onChange(new Set(items.map(keyOf)));

  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-index]');
    if (row === null || table.current?.contains(target) !== true) return;
    if (target.closest('[data-check]') !== null) choose(Number(row.dataset['index']), event.shiftKey);
    else if (target.closest('button, a, input, [role="button"]') === null) onOpen?.(row.dataset['key'] ?? '');
  };

  const template = `${selection === undefined ? '' : '2.75rem '}${columns
    .map(({ width }) => (width === undefined ? `minmax(${String(flexibleWidth)}rem, 1fr)` : `${String(width)}rem`))
    .join(' ')}`;
  const least = leastWidth(columns) + (selection === undefined ? 0 : 2.75);
  const chosen = selection === undefined ? 0 : items.filter((item) => selection.keys.has(keyOf(item))).length;

  return (
    <div
      ref={table}
      role="grid"
      aria-label={label}
      aria-rowcount={items.length + 1}
      aria-multiselectable={selection === undefined ? undefined : true}
      className={classNames(styles['table'])}
      data-scroller={scroller}
      style={{ '--least': `${String(least)}rem` } as CSSProperties}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={({ target }) => {
        const row = target.closest<HTMLElement>('[data-index]');
        focused.current = row === null ? -1 : Number(row.dataset['index']);
        if (row !== null) setCurrent(row.dataset['key']);
      }}
      onBlur={({ relatedTarget }) => {
        // to nothing: the row went away, or the window lost the focus; both come back to the row
        if (relatedTarget !== null) focused.current = -1;
      }}
    >
      <div className={styles['content']}>
        <div
          ref={head}
          role="rowgroup"
          className={styles['head']}
          onScroll={({ currentTarget }) => moveSideways(rows.current?.parentElement, currentTarget)}
        >
          <div role="row" aria-rowindex={1} className={styles['row']} style={{ gridTemplateColumns: template }}>
            {selection !== undefined && (
              <div
                role="columnheader"
                tabIndex={-1}
                className={classNames(styles['column'], styles['check'])}
                onClick={() => (chosen === items.length ? selection.onChange(new Set()) : chooseAll())}
                onKeyDown={(event) => {
                  if (event.key !== ' ' && event.key !== 'Enter') return;
                  event.preventDefault();
                  if (chosen === items.length) selection.onChange(new Set());
                  else chooseAll();
                }}
              >
                <CheckMark state={chosen === 0 ? 'off' : chosen === items.length ? 'on' : 'mixed'} />
                <VisuallyHidden>{chosen === items.length ? 'Choose none' : 'Choose all'}</VisuallyHidden>
              </div>
            )}
            {columns.map((column) => (
              <Header key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </div>
        </div>
        {items.length === 0 ? (
          <div role="rowgroup">
            <div role="row" aria-rowindex={2}>
              <div role="gridcell" className={styles['empty']}>
                {empty}
              </div>
            </div>
          </div>
        ) : (
          <div
            role="rowgroup"
            className={styles['body']}
            onScroll={({ currentTarget }) => moveSideways(head.current, currentTarget)}
          >
            <div ref={rows} className={styles['rows']} style={{ height: items.length * pixels }}>
              {drawnRows({ first: range.first, last: Math.min(range.last, items.length) }, here).map((index) => {
                const item = items[index];
                if (item === undefined) return null;
                const key = keyOf(item);
                return (
                  <VirtualRow
                    key={key}
                    id={key}
                    index={index}
                    item={item}
                    columns={columns as never}
                    template={template}
                    pixels={pixels}
                    isStop={index === stop}
                    isLast={index === items.length - 1}
                    isOpen={onOpen !== undefined}
                    isChosen={selection?.keys.has(key)}
                    name={selection?.nameOf(item)}
                  />
                );
              })}
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

interface VirtualRowProps<Item> {
  readonly id: string;
  readonly index: number;
  readonly item: Item;
  readonly columns: readonly TableColumn<Item>[];
  readonly template: string;
  readonly pixels: number;
  readonly isStop: boolean;
  readonly isLast: boolean;
  readonly isOpen: boolean;
  /** undefined: rows are not chosen here */
  readonly isChosen: boolean | undefined;
  readonly name: string | undefined;
}

const VirtualRow = memo(function VirtualRow(props: VirtualRowProps<object>) {
  const { columns, id, index, isChosen, isLast, isOpen, isStop, item, name, pixels, template } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      tabIndex={isStop ? 0 : -1}
      className={styles['row']}
      data-index={index}
      data-key={id}
      data-last={isLast || undefined}
      data-open={isOpen || undefined}
      style={{ gridTemplateColumns: template, height: pixels, top: index * pixels }}
    >
      {isChosen !== undefined && (
        <div role="gridcell" data-check className={classNames(styles['cell'], styles['check'])}>
          <CheckMark state={isChosen ? 'on' : 'off'} />
          <VisuallyHidden>{isChosen ? `${name ?? ''} is chosen` : ''}</VisuallyHidden>
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.id}
          role={column.isRowHeader === true ? 'rowheader' : 'gridcell'}
          className={styles['cell']}
          data-align={column.align}
        >
          {column.render(item)}
        </div>
      ))}
    </div>
  );
});

interface HeaderProps<Item> {
  readonly column: TableColumn<Item>;
  readonly sort: TableSort | undefined;
  readonly onSort: ((sort: TableSort) => void) | undefined;
}

function Header<Item>({ column, onSort, sort }: HeaderProps<Item>) {
  const { align, header, hidesHeader, id, isSortable = false } = column;
  const direction = sort?.column === id ? sort.direction : undefined;
  const turn = () => onSort?.({ column: id, direction: direction === 'ascending' ? 'descending' : 'ascending' });
  if (!isSortable || onSort === undefined) {
    return (
      <div role="columnheader" tabIndex={-1} className={styles['column']} data-align={align}>
        {hidesHeader === true ? <VisuallyHidden>{header}</VisuallyHidden> : header}
      </div>
    );
  }
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-sort={direction ?? 'none'}
      className={styles['column']}
      data-align={align}
      onClick={turn}
      onKeyDown={(event) => {
        if (event.key !== ' ' && event.key !== 'Enter') return;
        event.preventDefault();
        turn();
      }}
    >
      {header}
      {direction !== undefined && (
        <span className={styles['arrow']} data-direction={direction}>
          <Icon name="arrow-down" size="tiny" />
        </span>
      )}
    </div>
  );
}

/** To the header beside it. */
function step(column: HTMLElement, key: 'ArrowLeft' | 'ArrowRight'): void {
  const beside = key === 'ArrowRight' ? column.nextElementSibling : column.previousElementSibling;
  if (beside instanceof HTMLElement) beside.focus();
}

/** Along the controls of a row; before the first of them is the row itself. */
function along(row: HTMLElement, target: HTMLElement, key: 'ArrowLeft' | 'ArrowRight'): void {
  const stops = [row, ...row.querySelectorAll<HTMLElement>('button, a[href], input, [tabindex="0"]')];
  const index = stops.indexOf(target);
  stops[Math.max(0, index + (key === 'ArrowRight' ? 1 : -1))]?.focus();
}
