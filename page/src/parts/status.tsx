// A status as a mark and a word: filled where a report says that it happened, hollow for everything else.

import { useWords } from "../words";

/** The strokes of hollow marks; the form differs, so that colour is never needed. */
const DASHES: { [status: string]: string } = { called_for: "3 2", hypothetical: "1 2", threatened: "5 2", attempted: "8 2" };

export function StatusMark({ status }: { status: string }) {
  const happened = status === "happened";
  return (
    <svg class={`mark-of status-${status}`} viewBox="0 0 14 14" width="12" height="12" aria-hidden="true">
      <circle cx="7" cy="7" r="5" class={happened ? "filled" : "hollow"} stroke-dasharray={DASHES[status]} />
      {(status === "denied" || status === "refused") && <path d={status === "denied" ? "M3 3 11 11M11 3 3 11" : "M2 7H12"} class="stroke" />}
    </svg>
  );
}

export function Status({ status }: { status: string }) {
  const words = useWords();
  return (
    <span class={`status status-${status}`}>
      <StatusMark status={status} />
      {words.name("statuses", status)}
    </span>
  );
}
