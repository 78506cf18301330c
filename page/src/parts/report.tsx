// A report: its text with the evidence marked, beside the records; as one of an event's, or by itself.

import { useMemo, useState } from "preact/hooks";

import type { Chronicle, EventRecord, Join, Report, Span } from "../chronicle";
import type { Entry } from "../entries";
import { piecesOf, type Mark } from "../stretches";
import { useWords } from "../words";
import { EventButton } from "./links";
import { RecordCard } from "./record";
import { ReportText } from "./text";

interface Given {
  chronicle: Chronicle;
  entries: Entry[];
  /** The event whose evidence is to be seen; none for that of all. */
  entry?: Entry;
  report: Report;
  joins: Map<number, Join>;
  select: (event: number) => void;
  /** Shows the report by itself. */
  open?: () => void;
}

export function ReportCard({ chronicle, entries, entry, report, joins, select, open }: Given) {
  const words = useWords();
  const [focus, setFocus] = useState<Span | undefined>();
  const pieces = useMemo(() => piecesOf(report), [report]);
  const records = (report.records ?? []).flatMap((at) => {
    const record = chronicle.records[at];
    return record ? [{ at, record }] : [];
  });
  const own = records.filter(({ record }) => !entry || record.event === entry.number);
  const others = records.filter(({ record }) => entry && record.event !== entry.number);
  const claims = (report.claims ?? []).flatMap((at) => chronicle.claims[at] ?? []);
  const evidence = own.flatMap(({ record }) => marksOf(record));
  const otherMarks = others.flatMap(({ record }): Mark[] =>
    record.event === undefined ? [] : [{ span: triggerOf(record), name: "other", target: record.event }],
  );
  const otherEvents = [...new Set(others.flatMap(({ record }) => record.event ?? []))].flatMap((number) => entries[number] ?? []);
  const address = /^https?:\/\//i.test(report.url ?? "") ? report.url : undefined;
  const about = [
    report.source,
    report.published && words.say("published", { day: words.iso(report.published) ?? "" }),
    report.language && words.tongue(report.language),
    report.title || report.source ? report.name : undefined,
  ].filter(Boolean);
  const Title = entry ? "h4" : "h2";
  return (
    <article class="report">
      <Title lang={report.title ? report.language : undefined} dir="auto">{report.title ?? report.source ?? report.name}</Title>
      <p class="small">
        {about.join(" · ")}
        {address && <> · <a href={address} rel="noreferrer noopener" target="_blank">{words.say("original")}</a></>}
      </p>
      <div class="side-by-side">
        <ReportText report={report} evidence={evidence} others={otherMarks} read={entry ? "event" : "report"} focus={focus} select={select} />
        <div class="records">
          {own.length === 0 && <p class="unsaid">{words.say("no_records")}</p>}
          {own.map(({ at, record }) => (
            <div key={at}>
              {!entry && record.event !== undefined && <EventButton entry={entries[record.event]} select={select} />}
              {record.event === undefined && <p class="unsaid">{words.say("no_event")}</p>}
              <RecordCard
                chronicle={chronicle}
                record={record}
                claims={claims.filter((claim) => claim.records?.includes(at))}
                join={joins.get(at)}
                pieces={pieces}
                focus={focus}
                setFocus={setFocus}
              />
            </div>
          ))}
        </div>
      </div>
      {open && (
        <p><button type="button" class="plain open-report" onClick={open}>{words.say("open_report")}</button></p>
      )}
      {otherEvents.length > 0 && (
        <details class="others">
          <summary>{words.say("others_here")} ({words.number(otherEvents.length)})</summary>
          <ul>{otherEvents.map((other) => <li><EventButton entry={other} select={select} /></li>)}</ul>
        </details>
      )}
    </article>
  );
}

function triggerOf({ coded }: EventRecord): Span {
  return [coded.trigger.start, coded.trigger.end];
}

/** What a record rests on: its evidence, the words of its values, and the word that names the action. */
function marksOf(record: EventRecord): Mark[] {
  const { coded } = record;
  const values = [coded.time, coded.place, ...coded.actors, ...coded.targets, ...coded.size, ...coded.killed, ...coded.injured, ...coded.arrested];
  const spans = [...coded.evidence, ...values.flatMap((value) => (value ? [value.span] : []))];
  return [...spans.map((span): Mark => ({ span, name: "evidence" })), { span: triggerOf(record), name: "trigger" }];
}
