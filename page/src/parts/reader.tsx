// The chosen event: what its reports agree on, where they part, what it is linked to, and each report's own words.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import type { Agreed, Chronicle, Event, EventLink, Figure, Join, Report, Span } from "../chronicle";
import type { Entry } from "../entries";
import type { Step } from "../spread";
import { piecesOf, type Mark } from "../stretches";
import { useWords } from "../words";
import { EventButton, Links } from "./links";
import { RecordCard } from "./record";
import { Status } from "./status";
import { ReportText } from "./text";

interface Given {
  chronicle: Chronicle;
  entries: Entry[];
  entry?: Entry;
  links: EventLink[];
  steps: Step[];
  joins: Map<number, Join>;
  /** Whether it stands in front of the page. */
  inFront: boolean;
  select: (event: number) => void;
  close: () => void;
}

export function Reader({ chronicle, entries, entry, links, steps, joins, inFront, select, close }: Given) {
  const words = useWords();
  const top = useRef<HTMLElement>(null);
  useEffect(() => {
    if (top.current) top.current.scrollTop = 0;
  }, [entry?.number]);
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
      {entry ? (
        <EventView chronicle={chronicle} entries={entries} entry={entry} links={links} steps={steps} joins={joins} select={select} close={close} />
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

function EventView({ chronicle, entries, entry, links, steps, joins, select, close }: Omit<Given, "entry" | "inFront"> & { entry: Entry }) {
  const words = useWords();
  const { event } = entry;
  const claims = (event.issues ?? []).map((issue) => `${words.name("issues", issue.issue)} (${words.name("stances", issue.stance)})`);
  return (
    <article>
      <div class="reader-head">
        <button type="button" class="close" onClick={close}>
          <span aria-hidden="true">×</span> <span class="close-word">{words.say("close")}</span>
        </button>
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
          return report && <ReportCard key={`${entry.number} ${at}`} chronicle={chronicle} entries={entries} entry={entry} report={report} joins={joins} select={select} />;
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

interface ReportGiven {
  chronicle: Chronicle;
  entries: Entry[];
  entry: Entry;
  report: Report;
  joins: Map<number, Join>;
  select: (event: number) => void;
}

function ReportCard({ chronicle, entries, entry, report, joins, select }: ReportGiven) {
  const words = useWords();
  const [focus, setFocus] = useState<Span | undefined>();
  const pieces = useMemo(() => piecesOf(report), [report]);
  const own = (report.records ?? []).filter((at) => chronicle.records[at]?.event === entry.number);
  const others = (report.records ?? []).filter((at) => chronicle.records[at]?.event !== entry.number);
  const claims = (report.claims ?? []).flatMap((at) => chronicle.claims[at] ?? []).filter((claim) => claim.records?.some((record) => own.includes(record)));
  const evidence: Mark[] = own.flatMap((at) => {
    const coded = chronicle.records[at]?.coded;
    if (!coded) return [];
    const trigger: Mark = { span: [coded.trigger.start, coded.trigger.end], name: "trigger" };
    const values = [coded.time, coded.place, ...coded.actors, ...coded.targets, ...coded.size, ...coded.killed, ...coded.injured, ...coded.arrested];
    const spans = [...coded.evidence, ...values.flatMap((value) => (value ? [value.span] : []))];
    return [...spans.map((span): Mark => ({ span, name: "evidence" })), trigger];
  });
  const otherMarks: Mark[] = others.flatMap((at) => {
    const record = chronicle.records[at];
    if (!record || record.event === undefined) return [];
    return [{ span: [record.coded.trigger.start, record.coded.trigger.end] as Span, name: "other", target: record.event }];
  });
  const otherEvents = [...new Set(others.flatMap((at) => chronicle.records[at]?.event ?? []))].flatMap((number) => entries[number] ?? []);
  const address = /^https?:\/\//i.test(report.url ?? "") ? report.url : undefined;
  const about = [
    report.source,
    report.published && words.say("published", { day: words.iso(report.published) ?? "" }),
    report.language && words.tongue(report.language),
    report.title || report.source ? report.name : undefined,
  ].filter(Boolean);
  return (
    <article class="report">
      <h4 lang={report.title ? report.language : undefined} dir="auto">{report.title ?? report.source ?? report.name}</h4>
      <p class="small">
        {about.join(" · ")}
        {address && <> · <a href={address} rel="noreferrer noopener" target="_blank">{words.say("original")}</a></>}
      </p>
      <div class="side-by-side">
        <ReportText report={report} evidence={evidence} others={otherMarks} focus={focus} select={select} />
        <div class="records">
          {own.map((at) => {
            const record = chronicle.records[at];
            return (
              record && (
                <RecordCard
                  key={at}
                  chronicle={chronicle}
                  record={record}
                  claims={claims.filter((claim) => claim.records?.includes(at))}
                  join={joins.get(at)}
                  pieces={pieces}
                  focus={focus}
                  setFocus={setFocus}
                />
              )
            );
          })}
        </div>
      </div>
      {otherEvents.length > 0 && (
        <details class="others">
          <summary>{words.say("others_here")} ({words.number(otherEvents.length)})</summary>
          <ul>{otherEvents.map((other) => <li><EventButton entry={other} select={select} /></li>)}</ul>
        </details>
      )}
    </article>
  );
}
