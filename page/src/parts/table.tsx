// The table of events: sortable, and of thousands of rows only those in sight are in the document.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Column, Entry, Order } from "../entries";
import { useWords } from "../words";
import { Status } from "./status";

interface Given {
  entries: Entry[];
  selected?: number;
  order: Order;
  setOrder: (order: Order) => void;
  select: (event: number | undefined) => void;
  /** Chooses an event and shows its reports. */
  read: (event: number) => void;
  /** Goes to the reports of the chosen event. */
  enter: () => void;
}

const COLUMNS: { column: Column; label: "date" | "kind" | "status" | "place" | "size" | "who" | "reports" }[] = [
  { column: "when", label: "date" },
  { column: "kind", label: "kind" },
  { column: "status", label: "status" },
  { column: "where", label: "place" },
  { column: "size", label: "size" },
  { column: "who", label: "who" },
  { column: "reports", label: "reports" },
];

export function Table({ entries, selected, order, setOrder, select, read, enter }: Given) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 400, row: 38 });
  const at = entries.findIndex((entry) => entry.number === selected);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () =>
      setView({
        top: element.scrollTop,
        height: element.clientHeight,
        row: parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 38,
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
  const last = Math.min(entries.length, Math.ceil((view.top + view.height) / view.row) + 6);
  const page = Math.max(1, Math.floor(view.height / view.row) - 2);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== box.current || event.ctrlKey || event.altKey || event.metaKey) return;
    const go = (row: number) => {
      const entry = entries[Math.min(entries.length - 1, Math.max(0, row))];
      if (entry) select(entry.number);
    };
    switch (event.key) {
      case "ArrowDown": go(at + 1); break;
      case "ArrowUp": go(at < 0 ? 0 : at - 1); break;
      case "PageDown": go(at + page); break;
      case "PageUp": go(at - page); break;
      case "Home": go(0); break;
      case "End": go(entries.length - 1); break;
      case "Enter": if (at >= 0) enter(); break;
      case "Escape": select(undefined); break;
      default: return;
    }
    event.preventDefault();
  };

  const sort = (column: Column) =>
    setOrder({ column, direction: order.column === column ? (order.direction === 1 ? -1 : 1) : column === "reports" || column === "size" ? -1 : 1 });

  return (
    <section class="table" aria-labelledby="table-title">
      <h2 id="table-title">{words.say("table")}</h2>
      <div
        class="rows"
        ref={box}
        id="rows"
        role="grid"
        tabIndex={0}
        aria-label={words.say("table_label")}
        aria-rowcount={entries.length + 1}
        aria-colcount={COLUMNS.length}
        aria-activedescendant={at >= first && at < last ? `row-${selected}` : undefined}
        onKeyDown={onKeyDown}
      >
        <table role="presentation">
          <thead role="rowgroup">
            <tr role="row" aria-rowindex={1}>
              {COLUMNS.map(({ column, label }) => (
                <th
                  role="columnheader"
                  scope="col"
                  class={`column-${column}`}
                  aria-sort={order.column === column ? (order.direction === 1 ? "ascending" : "descending") : "none"}
                >
                  <button type="button" onClick={() => sort(column)}>
                    {words.say(label)}
                    <span class="arrow" aria-hidden="true">{order.column === column ? (order.direction === 1 ? "↑" : "↓") : ""}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {first > 0 && <tr role="presentation" class="space"><td role="presentation" colSpan={COLUMNS.length} height={first * view.row} /></tr>}
            {entries.slice(first, last).map((entry, offset) => (
              <Row entry={entry} key={entry.number} index={first + offset} selected={entry.number === selected} read={read} enter={enter} />
            ))}
            {last < entries.length && (
              <tr role="presentation" class="space"><td role="presentation" colSpan={COLUMNS.length} height={(entries.length - last) * view.row} /></tr>
            )}
          </tbody>
        </table>
        {entries.length === 0 && <p class="empty">{words.say("none_found")}</p>}
      </div>
    </section>
  );
}

interface RowGiven { entry: Entry; index: number; selected: boolean; read: (event: number) => void; enter: () => void }

function Row({ entry, index, selected, read, enter }: RowGiven) {
  const words = useWords();
  return (
    <tr
      role="row"
      id={`row-${entry.number}`}
      aria-rowindex={index + 2}
      aria-selected={selected}
      class={selected ? "chosen" : undefined}
      onClick={() => read(entry.number)}
      onDblClick={enter}
    >
      <td role="gridcell" class="column-when">{entry.when || <span class="unsaid">{words.say("no_date")}</span>}</td>
      <td role="gridcell" class="column-kind">{entry.kind}</td>
      <td role="gridcell" class="column-status"><Status status={entry.event.status.value} /></td>
      <td role="gridcell" class="column-where">{entry.where || <span class="unsaid">{words.say("no_place")}</span>}</td>
      <td role="gridcell" class="column-size">{entry.size}</td>
      <td role="gridcell" class="column-who">{entry.who}</td>
      <td role="gridcell" class="column-reports">{words.number(entry.event.reports.length)}</td>
    </tr>
  );
}
