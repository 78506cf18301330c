// A table of any length: sortable, gone through by keyboard, and of thousands of rows only those in sight are drawn.

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

export interface Column<Row, Name extends string> {
  name: Name;
  label: string;
  cell: (row: Row) => ComponentChildren;
}

export interface Order<Name extends string> { column: Name; direction: 1 | -1 }

interface Given<Row, Name extends string> {
  id: string;
  label: string;
  columns: Column<Row, Name>[];
  rows: Row[];
  numberOf: (row: Row) => number;
  selected?: number;
  order: Order<Name>;
  /** Sorts by a column. */
  sort: (column: Name) => void;
  /** Chooses a row, or none. */
  select: (row: number | undefined) => void;
  /** Chooses a row and opens it. */
  read: (row: number) => void;
  /** Goes to what the chosen row has opened. */
  enter: () => void;
  none: string;
}

export function Grid<Row, Name extends string>(given: Given<Row, Name>) {
  const { id, label, columns, rows, numberOf, selected, order, sort, select, read, enter, none } = given;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 400, row: 42 });
  const at = selected === undefined ? -1 : rows.findIndex((row) => numberOf(row) === selected);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () =>
      setView({
        top: element.scrollTop,
        height: element.clientHeight,
        row: parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 42,
      });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, []);

  // The chosen row is kept in sight, wherever it was chosen.
  useEffect(() => {
    const element = box.current;
    if (!element || at < 0) return;
    const head = element.querySelector("thead")?.clientHeight ?? 0;
    const [top, bottom] = [at * view.row, (at + 1) * view.row];
    const sight = element.clientHeight - head;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + sight) element.scrollTop = bottom - sight;
  }, [at, selected, view.row, view.height]);

  const first = Math.max(0, Math.floor(view.top / view.row) - 6);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / view.row) + 6);
  const page = Math.max(1, Math.floor(view.height / view.row) - 2);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== box.current || event.ctrlKey || event.altKey || event.metaKey) return;
    const go = (place: number) => {
      const row = rows[Math.min(rows.length - 1, Math.max(0, place))];
      if (row !== undefined) select(numberOf(row));
    };
    switch (event.key) {
      case "ArrowDown": go(at + 1); break;
      case "ArrowUp": go(at < 0 ? 0 : at - 1); break;
      case "PageDown": go(at + page); break;
      case "PageUp": go(at - page); break;
      case "Home": go(0); break;
      case "End": go(rows.length - 1); break;
      case "Enter": if (at >= 0) enter(); break;
      case "Escape": select(undefined); break;
      default: return;
    }
    event.preventDefault();
  };

  const space = (places: number) => (
    <tr role="presentation" class="space"><td role="presentation" colSpan={columns.length} height={places * view.row} /></tr>
  );
  return (
    <div
      class="rows"
      ref={box}
      id={id}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={at >= first && at < last ? `${id}-${selected}` : undefined}
      onKeyDown={onKeyDown}
    >
      <table role="presentation">
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1}>
            {columns.map(({ name, label }) => {
              const isOrder = order.column === name;
              return (
                <th role="columnheader" scope="col" class={`column-${name}`} aria-sort={isOrder ? (order.direction === 1 ? "ascending" : "descending") : "none"}>
                  <button type="button" onClick={() => sort(name)}>
                    {label}
                    <span class="arrow" aria-hidden="true">{isOrder ? (order.direction === 1 ? "↑" : "↓") : ""}</span>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {first > 0 && space(first)}
          {rows.slice(first, last).map((row, offset) => {
            const number = numberOf(row);
            return (
              <tr
                key={number}
                role="row"
                id={`${id}-${number}`}
                aria-rowindex={first + offset + 2}
                aria-selected={number === selected}
                class={number === selected ? "chosen" : undefined}
                onClick={() => read(number)}
                onDblClick={enter}
              >
                {columns.map(({ name, cell }) => <td role="gridcell" class={`column-${name}`}><div class="cell">{cell(row)}</div></td>)}
              </tr>
            );
          })}
          {last < rows.length && space(rows.length - last)}
        </tbody>
      </table>
      {rows.length === 0 && <p class="empty">{none}</p>}
    </div>
  );
}
