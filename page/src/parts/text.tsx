// A report's text with what the records rest on marked in it. Text only ever becomes text nodes.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import type { Report, Span } from "../chronicle";
import { excerpt, piecesOf, stretches, type Mark, type Piece, type Stretch } from "../stretches";
import { useWords } from "../words";

interface Given {
  report: Report;
  /** What the chosen event rests on. */
  evidence: Mark[];
  /** What other events of this report rest on. */
  others: Mark[];
  /** What is being read. */
  read: keyof typeof SHORT;
  /** The value that is being looked at. */
  focus?: Span;
  select: (event: number) => void;
}

/** Texts up to this many code points are shown whole: more where the report is read by itself than where an event is,
 * as the words that it rests on should be in sight without scrolling. */
const SHORT = { event: 1200, report: 3000 };

/** Code points that stay on either side of a mark in a longer text. */
const AROUND = { event: 300, report: 500 };

export function ReportText({ report, evidence, others, read, focus, select }: Given) {
  const words = useWords();
  const [whole, setWhole] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const all = useMemo(() => piecesOf(report), [report]);
  const length = all.reduce((sum, piece) => sum + piece.end - piece.start, 0);
  const isLong = length > SHORT[read] && report.pieces === undefined;
  const spans = evidence.map((mark) => mark.span);
  const shown: Piece[] = isLong && !whole ? excerpt(all, focus ? [...spans, focus] : spans, AROUND[read]) : all;
  const marks: Mark[] = [...others, ...evidence, ...(focus ? [{ span: focus, name: "focus" }] : [])];

  useEffect(() => {
    box.current?.querySelector("mark.focus")?.scrollIntoView({ block: "nearest" });
  }, [focus]);

  if (all.length === 0) return <p class="unsaid">{words.say("no_text")}</p>;
  const end = all.at(-1)?.end;
  return (
    <div class="text" ref={box} lang={report.language} dir="auto">
      <p>
        {(shown[0]?.start ?? 0) > 0 && <Gap />}
        {shown.map((piece, at) => (
          <>
            {at > 0 && <Gap />}
            {stretches(piece, marks).map((stretch) => <Run stretch={stretch} select={select} />)}
          </>
        ))}
        {isLong && shown.at(-1)?.end !== end && <Gap />}
      </p>
      {isLong && (
        <button type="button" class="plain" lang={words.language} onClick={() => setWhole(!whole)}>
          {words.say(whole ? "near_text" : "whole_text")}
        </button>
      )}
    </div>
  );
}

function Gap() {
  return <span class="gap"> […] </span>;
}

/** Marks of the chosen event are strong, those of others faint and lead to their events. */
function Run({ stretch, select }: { stretch: Stretch; select: (event: number) => void }) {
  const names = new Set(stretch.marks.map((mark) => mark.name));
  if (names.size === 0) return <>{stretch.text}</>;
  const order = ["focus", "trigger", "evidence", "other"].filter((name) => names.has(name));
  const target = order[0] === "other" ? stretch.marks.find((mark) => mark.target !== undefined)?.target : undefined;
  return (
    <mark class={order.join(" ")} onClick={target === undefined ? undefined : () => select(target)}>
      {stretch.text}
    </mark>
  );
}
