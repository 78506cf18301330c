// The table under map and timeline: the events that the filters leave, or the reports that tell of them.

import { useMemo, useState } from "preact/hooks";

import type { Chronicle, Report } from "../chronicle";
import { sorted, type Column, type Entry, type Order } from "../entries";
import { useWords } from "../words";
import { Grid, type Column as GridColumn, type Order as GridOrder } from "./grid";
import { Status } from "./status";

export type Listed = "events" | "reports";

/** What a click on a column leads to: the other direction, or for numbers the largest first. */
function turned<Name extends string>(order: GridOrder<Name>, column: Name, falling: boolean): GridOrder<Name> {
  if (order.column === column) return { column, direction: order.direction === 1 ? -1 : 1 };
  return { column, direction: falling ? -1 : 1 };
}

interface Given {
  chronicle: Chronicle;
  /** Events that the filters leave. */
  shown: Entry[];
  isFiltered: boolean;
  listed: Listed;
  setListed: (listed: Listed) => void;
  event?: number;
  report?: number;
  selectEvent: (event: number | undefined) => void;
  readEvent: (event: number) => void;
  selectReport: (report: number | undefined) => void;
  readReport: (report: number) => void;
  enter: () => void;
}

export function Table(given: Given) {
  const words = useWords();
  const { listed, setListed } = given;
  return (
    <section class="table" id="table" aria-labelledby="table-title">
      <h2 id="table-title" class="hidden">{words.say(listed === "events" ? "table" : "report_table")}</h2>
      <div class="listed">
        {(["events", "reports"] as const).map((what) => (
          <button type="button" id={`list-${what}`} aria-pressed={listed === what} onClick={() => setListed(what)}>
            {words.say(what === "events" ? "table" : "report_table")}
          </button>
        ))}
      </div>
      {listed === "events" ? <EventTable {...given} /> : <ReportTable {...given} />}
    </section>
  );
}

function EventTable({ shown, event, selectEvent, readEvent, enter }: Given) {
  const words = useWords();
  const [order, setOrder] = useState<Order>({ column: "when", direction: 1 });
  const rows = useMemo(() => sorted(shown, order, new Intl.Collator(words.language)), [shown, order, words]);
  const columns: GridColumn<Entry, Column>[] = [
    { name: "when", label: words.say("date"), cell: (entry) => entry.when || <span class="unsaid">{words.say("no_date")}</span> },
    { name: "kind", label: words.say("kind"), cell: (entry) => entry.kind },
    { name: "status", label: words.say("status"), cell: (entry) => <Status status={entry.event.status.value} /> },
    { name: "where", label: words.say("place"), cell: (entry) => entry.where || <span class="unsaid">{words.say("no_place")}</span> },
    { name: "size", label: words.say("size"), cell: (entry) => entry.size },
    { name: "who", label: words.say("who"), cell: (entry) => entry.who },
    { name: "reports", label: words.say("reports"), cell: (entry) => words.number(entry.event.reports.length) },
  ];
  return (
    <Grid
      id="rows"
      label={words.say("table_label")}
      columns={columns}
      rows={rows}
      numberOf={(entry) => entry.number}
      selected={event}
      order={order}
      sort={(column) => setOrder(turned(order, column, column === "size" || column === "reports"))}
      select={selectEvent}
      read={readEvent}
      enter={enter}
      none={words.say("none_found")}
    />
  );
}

type ReportColumn = "published" | "title" | "source" | "language" | "events";
interface ReportRow { number: number; report: Report; title: string; events: number }

function ReportTable({ chronicle, shown, isFiltered, report, selectReport, readReport, enter }: Given) {
  const words = useWords();
  const [order, setOrder] = useState<GridOrder<ReportColumn>>({ column: "published", direction: 1 });
  const rows = useMemo(() => {
    const counts = new Map<number, number>();
    for (const { event } of shown) for (const at of event.reports) counts.set(at, (counts.get(at) ?? 0) + 1);
    const all = chronicle.reports.map((report, number): ReportRow => ({ number, report, title: report.title ?? report.name, events: counts.get(number) ?? 0 }));
    const collator = new Intl.Collator(words.language);
    const text = (row: ReportRow): string => (order.column === "title" ? row.title : order.column === "events" ? "" : (row.report[order.column] ?? ""));
    // Without filters every report is listed, those too in which nothing was found.
    return all
      .filter((row) => !isFiltered || row.events > 0)
      .sort((a, b) => {
        const difference = order.column === "events" ? a.events - b.events : collator.compare(text(a), text(b));
        return order.direction * difference || a.number - b.number;
      });
  }, [chronicle, shown, isFiltered, order, words]);
  const columns: GridColumn<ReportRow, ReportColumn>[] = [
    { name: "published", label: words.say("date"), cell: ({ report }) => words.iso(report.published) ?? <span class="unsaid">{words.say("no_date")}</span> },
    { name: "title", label: words.say("report_title"), cell: ({ report, title }) => <span lang={report.title ? report.language : undefined} dir="auto">{title}</span> },
    { name: "source", label: words.say("source"), cell: ({ report }) => report.source ?? "" },
    { name: "language", label: words.say("language"), cell: ({ report }) => (report.language ? words.tongue(report.language) : "") },
    { name: "events", label: words.say("table"), cell: ({ events }) => words.number(events) },
  ];
  return (
    <Grid
      id="report-rows"
      label={words.say("report_table_label")}
      columns={columns}
      rows={rows}
      numberOf={(row) => row.number}
      selected={report}
      order={order}
      sort={(column) => setOrder(turned(order, column, column === "events"))}
      select={selectReport}
      read={readReport}
      enter={enter}
      none={words.say("none_found")}
    />
  );
}
