// A record as coded from one report: each value with the words that it rests on, and why it belongs to its event.

import type { Chronicle, Claim, CodedActor, CodedFigure, EventRecord, Join, Span } from "../chronicle";
import { wordsAt, type Piece } from "../stretches";
import { useWords } from "../words";
import { Status } from "./status";

interface Given {
  chronicle: Chronicle;
  record: EventRecord;
  claims: Claim[];
  join?: Join;
  pieces: Piece[];
  focus?: Span;
  setFocus: (span: Span | undefined) => void;
}

export function RecordCard({ chronicle, record, claims, join, pieces, focus, setFocus }: Given) {
  const words = useWords();
  const { coded } = record;
  const quote = (span: Span) => {
    const text = wordsAt(pieces, span).trim();
    if (!text) return null;
    const isFocus = focus?.[0] === span[0] && focus[1] === span[1];
    return (
      <button type="button" class="quote" aria-pressed={isFocus} onClick={() => setFocus(isFocus ? undefined : span)}>
        {text.length > 140 ? `${text.slice(0, 140)}…` : text}
      </button>
    );
  };
  const actors = (label: string, all: CodedActor[]) =>
    all.length > 0 && <Value label={label}>{all.map((actor) => <li>{words.actor(actor)} {quote(actor.span)}</li>)}</Value>;
  const figures = (label: string, all: CodedFigure[]) =>
    all.length > 0 && (
      <Value label={label}>
        {all.map((figure) => (
          <li>
            {words.figure(figure)} {quote(figure.span)}
            {figure.said_by && <span class="said-by"> {words.say("says", { who: words.speaker(figure.said_by) })}</span>}
          </li>
        ))}
      </Value>
    );
  return (
    <div class="record">
      <dl>
        <Value label={words.say("kind")}>
          <li>{words.name("kinds", coded.kind)} {quote([coded.trigger.start, coded.trigger.end])}</li>
        </Value>
        <Value label={words.say("status")}>
          <li>
            <Status status={coded.status} />
            {coded.reported_by && <span class="said-by"> {words.say("says", { who: words.speaker(coded.reported_by) })}</span>}
          </li>
        </Value>
        <Value label={words.say("when")}>
          <li>{coded.time ? <>{words.when(coded.time)} {quote(coded.time.span)}</> : <span class="unsaid">{words.say("no_date")}</span>}</li>
        </Value>
        <Value label={words.say("where")}>
          <li>
            {coded.place ? (
              <>
                {coded.place.name} {quote(coded.place.span)}
                {coded.place.alternatives.length > 0 && (
                  <p class="unsaid">
                    {words.say("may_be", {
                      words: coded.place.text || coded.place.name,
                      places: coded.place.alternatives
                        .slice(0, 3)
                        .map((other) => [other.name, words.country(other.country)].filter(Boolean).join(", "))
                        .join("; "),
                    })}
                  </p>
                )}
              </>
            ) : (
              <span class="unsaid">{words.say("no_place")}</span>
            )}
          </li>
        </Value>
        {actors(words.say("who"), coded.actors)}
        {actors(words.say("targets"), coded.targets)}
        {figures(words.say("size"), coded.size)}
        {figures(words.say("killed"), coded.killed)}
        {figures(words.say("injured"), coded.injured)}
        {figures(words.say("arrested"), coded.arrested)}
        {claims.length > 0 && (
          <Value label={words.say("demands")}>
            {claims.map(({ coded: claim }) => (
              <li>
                {words.name("issues", claim.issue)}, {words.name("stances", claim.stance)} {quote([claim.span.start, claim.span.end])}
                {claim.claimant && <span class="said-by"> {words.say("claimant", { who: claim.claimant.name ?? words.name("roles", claim.claimant.role) })}</span>}
                {claim.addressee && <span class="said-by"> {words.say("addressee", { who: claim.addressee.name ?? words.name("roles", claim.addressee.role) })}</span>}
              </li>
            ))}
          </Value>
        )}
      </dl>
      <p class="small">
        {words.say("confidence")} {words.number(coded.confidence)}
        {record.reviewed && <> · {words.name("reviews", record.reviewed)}</>} · {record.uid}
      </p>
      {coded.rules.length > 0 && (
        <details>
          <summary>{words.say("rules")}</summary>
          <ul class="rules">{coded.rules.map((rule) => <li><code>{rule}</code></li>)}</ul>
        </details>
      )}
      {join && <Why chronicle={chronicle} join={join} />}
    </div>
  );
}

function Value({ label, children }: { label: string; children: preact.ComponentChildren }) {
  return (
    <div class="value">
      <dt>{label}</dt>
      <dd><ul>{children}</ul></dd>
    </div>
  );
}

/** Why a record belongs to its event, in bits of evidence. */
function Why({ chronicle, join }: { chronicle: Chronicle; join: Join }) {
  const words = useWords();
  const other = join.with === undefined ? undefined : chronicle.records[join.with];
  const report = other && chronicle.reports[other.report];
  const bits = (number: number) => (number > 0 ? "+" : number < 0 ? "−" : "") + words.number(Math.round(Math.abs(number) * 10) / 10);
  return (
    <details class="why">
      <summary>{words.say("why")}</summary>
      {join.decided && <p>{words.say("joined_by_reviewer")}</p>}
      {!other && !join.decided && <p>{words.say("founding")}</p>}
      {report && <p>{words.say("joined_with", { report: report.source ?? report.name })}</p>}
      {join.reasons && join.reasons.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.say("compared")}</th>
              <th scope="col">{words.say("finding")}</th>
              <th scope="col">{words.say("bits")}</th>
            </tr>
          </thead>
          <tbody>
            {join.reasons.map((reason) => (
              <tr>
                <th scope="row">{words.name("fields", reason.field)}</th>
                <td>{words.name("levels", reason.level)}</td>
                <td class="numeric">{bits(reason.bits)}</td>
              </tr>
            ))}
          </tbody>
          {join.weight !== undefined && (
            <tfoot>
              <tr>
                <th scope="row" colSpan={2}>{words.say("sum")}</th>
                <td class="numeric">{bits(join.weight)}</td>
              </tr>
            </tfoot>
          )}
        </table>
      )}
    </details>
  );
}
