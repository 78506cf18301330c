// The chosen event: what its reports agree on, where they part, what it is linked to, and each report's own words.

import { useEffect, useRef } from "preact/hooks";

import type { Agreed, Chronicle, Event, EventLink, Figure, Join } from "../chronicle";
import type { Entry } from "../entries";
import type { Step } from "../spread";
import { useWords } from "../words";
import { Links } from "./links";
import { ReportCard } from "./report";
import { Status } from "./status";

interface Given {
  chronicle: Chronicle;
  entries: Entry[];
  /** The chosen event, or the report that is read by itself. */
  entry?: Entry;
  report?: number;
  links: EventLink[];
  steps: Step[];
  joins: Map<number, Join>;
  /** Whether it stands in front of the page. */
  inFront: boolean;
  select: (event: number) => void;
  open: (report: number) => void;
  /** Leaves only the events of a report in map, timeline and table. */
  only: (report: number) => void;
  close: () => void;
}

export function Reader(given: Given) {
  const { chronicle, entry, report, inFront, close } = given;
  const words = useWords();
  const read = report === undefined ? undefined : chronicle.reports[report];
  const top = useRef<HTMLElement>(null);
  useEffect(() => {
    if (top.current) top.current.scrollTop = 0;
  }, [entry?.number, report]);
  return (
    <section
      class={inFront ? "reader in-front" : "reader"}
      id="reader"
      ref={top}
      tabIndex={-1}
      role={inFront ? "dialog" : undefined}
      aria-modal={inFront || undefined}
      aria-label={words.say("reader")}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      {read ? (
        <ReportView {...given} report={report ?? 0} />
      ) : entry ? (
        <EventView {...given} entry={entry} />
      ) : (
        <Introduction />
      )}
    </section>
  );
}

function Introduction() {
  const words = useWords();
  return (
    <div class="introduction">
      <p class="lead">{words.say("reader_empty")}</p>
      <h2>{words.say("reading")}</h2>
      <ul class="statuses">
        {["happened", "planned", "called_for", "attempted", "refused", "threatened", "denied", "hypothetical"].map((status) => (
          <li><Status status={status} /></li>
        ))}
      </ul>
      <p>{words.say("reading_status")}</p>
      <p>{words.say("reading_merge")}</p>
      <p>{words.say("reading_open")}</p>
    </div>
  );
}

/** A report by itself, with all that was coded from it. */
function ReportView({ chronicle, entries, report: at, joins, select, only, close }: Given & { report: number }) {
  const words = useWords();
  const report = chronicle.reports[at];
  if (!report) return null;
  const events = new Set((report.records ?? []).flatMap((record) => chronicle.records[record]?.event ?? []));
  return (
    <div>
      <div class="reader-head">
        <Close close={close} />
        <p class="kicker">{words.say("in_report")}</p>
        <p class="when-where">
          {words.count("events", events.size)}{" "}
          {events.size > 0 && <button type="button" class="plain" onClick={() => only(at)}>{words.say("only_these")}</button>}
        </p>
      </div>
      <ReportCard key={at} chronicle={chronicle} entries={entries} report={report} joins={joins} select={select} />
    </div>
  );
}

function Close({ close }: { close: () => void }) {
  const words = useWords();
  return (
    <button type="button" class="close" onClick={close}>
      <span aria-hidden="true">×</span> <span class="hidden">{words.say("close")}</span>
    </button>
  );
}

function EventView({ chronicle, entries, entry, links, steps, joins, select, open, close }: Given & { entry: Entry }) {
  const words = useWords();
  const { event } = entry;
  const claims = (event.issues ?? []).map((issue) => `${words.name("issues", issue.issue)} (${words.name("stances", issue.stance)})`);
  return (
    <article>
      <div class="reader-head">
        <Close close={close} />
        <p class="kicker"><Status status={event.status.value} /></p>
        <h2 id="event-title">{capital(entry.kind)}</h2>
        <p class="when-where">
          {words.when(event.time?.value, "long") ?? <span class="unsaid">{words.say("no_date")}</span>}
          <br />
          {entry.where || <span class="unsaid">{words.say("no_place")}</span>}
          {entry.where && !entry.point && <span class="unsaid"> ({words.say("no_point")})</span>}
        </p>
      </div>
      <section aria-labelledby="agreed-title">
        <h3 id="agreed-title">{words.say("agreed")}</h3>
        <dl class="agreed">
          <Agreement label={words.say("kind")} agreed={event.kind} name={(kind) => words.name("kinds", kind)} event={event} chronicle={chronicle} />
          <Agreement label={words.say("status")} agreed={event.status} name={(status) => words.name("statuses", status)} event={event} chronicle={chronicle} />
          <Agreement label={words.say("when")} agreed={event.time} name={(time) => words.when(time) ?? ""} none={words.say("no_date")} event={event} chronicle={chronicle} />
          <Agreement label={words.say("where")} agreed={event.place} name={(place) => words.where(place)} none={words.say("no_place")} event={event} chronicle={chronicle} />
          {event.actors && <Row label={words.say("who")}>{event.actors.map((actor) => <li>{words.actor(actor)}</li>)}</Row>}
          {event.targets && <Row label={words.say("targets")}>{event.targets.map((actor) => <li>{words.actor(actor)}</li>)}</Row>}
          {claims.length > 0 && <Row label={words.say("demands")}>{claims.map((claim) => <li>{claim}</li>)}</Row>}
        </dl>
        <Figures event={event} chronicle={chronicle} />
      </section>
      <Links chronicle={chronicle} entries={entries} event={entry.number} links={links} steps={steps} select={select} />
      <section aria-labelledby="told-title">
        <h3 id="told-title">{words.say("told")} <small>{words.count("reports", event.reports.length)}</small></h3>
        {event.reports.map((at) => {
          const report = chronicle.reports[at];
          return report && <ReportCard key={`${entry.number} ${at}`} chronicle={chronicle} entries={entries} entry={entry} report={report} joins={joins} select={select} open={() => open(at)} />;
        })}
      </section>
      <p class="small">{event.id} · {words.say("confidence")} {words.number(event.confidence)}</p>
    </article>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function Row({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    <div class="value">
      <dt>{label}</dt>
      <dd><ul>{children}</ul></dd>
    </div>
  );
}

/** Names of the reports that records come from, each once. */
function reportNames(chronicle: Chronicle, records: number[] | undefined): string {
  const reports = (records ?? []).flatMap((at) => chronicle.reports[chronicle.records[at]?.report ?? -1] ?? []);
  return [...new Set(reports.map((report) => report.source ?? report.name))].join(", ");
}

interface AgreementGiven<T> {
  label: string;
  agreed: Agreed<T> | undefined;
  name: (value: T) => string;
  none?: string;
  event: Event;
  chronicle: Chronicle;
}

/** An agreed value with its support and what other reports say. */
function Agreement<T>({ label, agreed, name, none, event, chronicle }: AgreementGiven<T>) {
  const words = useWords();
  if (!agreed) return <Row label={label}><li class="unsaid">{none}</li></Row>;
  const support = agreed.records?.length ?? 0;
  return (
    <Row label={label}>
      <li>
        {name(agreed.value)}
        {event.records.length > 1 && <span class="support"> {words.count("of_records", support, { all: words.number(event.records.length) })}</span>}
        {agreed.decided && <span class="support"> {words.say("decided")}</span>}
      </li>
      {(agreed.dissents ?? []).map((dissent) => (
        <li class="dissent">{words.say("otherwise", { value: name(dissent.value), reports: reportNames(chronicle, dissent.records) })}</li>
      ))}
    </Row>
  );
}

/** Figures side by side, each with its speaker: no sum, no mean. */
function Figures({ event, chronicle }: { event: Event; chronicle: Chronicle }) {
  const words = useWords();
  const groups: [string, Figure[] | undefined][] = [
    [words.say("size"), event.size],
    [words.say("killed"), event.killed],
    [words.say("injured"), event.injured],
    [words.say("arrested"), event.arrested],
  ];
  const rows = groups.flatMap(([label, figures]) => (figures ?? []).map((figure) => ({ label, figure })));
  if (rows.length === 0) return null;
  return (
    <table class="figures">
      <thead>
        <tr>
          <td />
          <th scope="col" class="numeric">{words.say("figure")}</th>
          <th scope="col">{words.say("said_by")}</th>
          <th scope="col">{words.say("in_report")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, figure }) => (
          <tr>
            <th scope="row">{label}</th>
            <td class="numeric">{words.figure(figure) ?? figure.texts.join(", ")}</td>
            <td>{figure.said_by ? words.speaker(figure.said_by) : words.say("the_report")}</td>
            <td>{reportNames(chronicle, figure.records)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
