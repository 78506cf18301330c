// What an event is linked to, with the words that state it, and the whole course of which it is a step.

import type { Chronicle, EventLink } from "../chronicle";
import type { Entry } from "../entries";
import type { Step } from "../spread";
import { useWords } from "../words";
import { StatusMark } from "./status";

interface Given {
  chronicle: Chronicle;
  entries: Entry[];
  event: number;
  links: EventLink[];
  steps: Step[];
  select: (event: number) => void;
}

export function Links({ chronicle, entries, event, links, steps, select }: Given) {
  const words = useWords();
  if (links.length === 0) return null;
  const groups = new Map<string, EventLink[]>();
  for (const link of links) {
    const title = link.from === event ? words.name("relations", link.relation) : words.name("inverse_relations", link.relation);
    groups.set(title, [...(groups.get(title) ?? []), link]);
  }
  return (
    <section class="links" aria-labelledby="links-title">
      <h3 id="links-title">{words.say("links")}</h3>
      {[...groups].map(([title, group]) => (
        <>
          <h4>{title}</h4>
          <ul>
            {group.map((link) => (
              <li>
                <EventButton entry={entries[link.from === event ? link.to : link.from]} select={select} />
                <Grounds chronicle={chronicle} link={link} />
              </li>
            ))}
          </ul>
        </>
      ))}
      {steps.length > 1 && <Course entries={entries} event={event} steps={steps} select={select} />}
    </section>
  );
}

/** The words that state a link, or why it was inferred. */
function Grounds({ chronicle, link }: { chronicle: Chronicle; link: EventLink }) {
  const words = useWords();
  const together = /named together in (\d+) report/.exec(link.inferred ?? "");
  return (
    <>
      {(link.links ?? []).map((at) => {
        const stated = chronicle.links[at];
        const report = stated && chronicle.reports[stated.report];
        if (!stated || !report) return null;
        return (
          <p class="small">
            {stated.coded.span.text && <q lang={report.language}>{stated.coded.span.text}</q>}{" "}
            {words.say("stated_in", { report: report.source ?? report.name })}
          </p>
        );
      })}
      {link.inferred && (
        <p class="small">
          {words.say("inferred", {
            reason: together ? `${words.say("inferred_together")} (${words.count("together", Number(together[1]))})` : link.inferred,
          })}
        </p>
      )}
    </>
  );
}

/** Every event of the course, in order of time, each with what it follows from. */
function Course({ entries, event, steps, select }: Omit<Given, "chronicle" | "links">) {
  const words = useWords();
  const members = [...new Set(steps.flatMap((step) => [step.cause, step.effect]))]
    .flatMap((number) => entries[number] ?? [])
    .sort((a, b) => (a.first ?? Infinity) - (b.first ?? Infinity) || a.number - b.number);
  const causes = (number: number) => steps.filter((step) => step.effect === number).flatMap((step) => entries[step.cause] ?? []);
  return (
    <>
      <h4>{words.say("spread")}</h4>
      <ol class="course">
        {members.map((entry) => (
          <li class={entry.number === event ? "here" : undefined}>
            {entry.number === event ? (
              <span><StatusMark status={entry.event.status.value} /> <strong>{words.say("this_event")}</strong> · {entry.when || words.say("no_date")} · {entry.where || words.say("no_place")}</span>
            ) : (
              <EventButton entry={entry} select={select} />
            )}
            {causes(entry.number).map((cause) => (
              <p class="small">← {words.say("after")} {cause.number === event ? words.say("this_event") : `${cause.kind}, ${cause.where || words.say("no_place")}`}</p>
            ))}
          </li>
        ))}
      </ol>
    </>
  );
}

/** An event on a line, to go to. */
export function EventButton({ entry, select }: { entry: Entry | undefined; select: (event: number) => void }) {
  const words = useWords();
  if (!entry) return null;
  return (
    <button type="button" class="event-button" onClick={() => select(entry.number)}>
      <StatusMark status={entry.event.status.value} />
      <span>
        <strong>{entry.kind}</strong>
        {!entry.happened && <em> ({entry.status})</em>} · {entry.when || words.say("no_date")} · {entry.where || words.say("no_place")}
      </span>
    </button>
  );
}
