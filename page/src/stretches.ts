// Stretches of a report's text: what is shown of it, and where its marks begin and end.
//
// Records count code points; the browser counts UTF-16 units.

import type { Report, Span } from "./chronicle";

/** A run of text with the place of its first code point in the report. */
export interface Piece {
  start: number;
  end: number;
  text: string;
  /** The code points one by one, where some take two units. */
  letters?: string[];
}

export interface Mark { span: Span; name: string; target?: number }

/** A run of text that the same marks cover. */
export interface Stretch { start: number; text: string; marks: Mark[] }

const ASTRAL = /[\uD800-\uDBFF]/;

function pieceOf(start: number, text: string): Piece {
  const letters = ASTRAL.test(text) ? [...text] : undefined;
  return { start, text, end: start + (letters ?? text).length, letters };
}

/** The text from one code point to another. */
function slice(piece: Piece, start: number, end: number): string {
  const [from, to] = [Math.max(start, piece.start) - piece.start, Math.min(end, piece.end) - piece.start];
  if (from >= to) return "";
  return piece.letters ? piece.letters.slice(from, to).join("") : piece.text.slice(from, to);
}

/** What there is of a report's text. */
export function piecesOf(report: Report): Piece[] {
  const pieces: [number, string][] = report.pieces ?? (report.text === undefined ? [] : [[0, report.text]]);
  return pieces.map(([start, text]) => pieceOf(start, text));
}

/** The words of a span, where they are shown. */
export function wordsAt(pieces: Piece[], [start, end]: Span): string {
  return pieces.map((piece) => slice(piece, start, end)).filter(Boolean).join(" […] ");
}

/** Only what stands near the spans, whole words, where the text is long. */
export function excerpt(pieces: Piece[], spans: Span[], around: number): Piece[] {
  return pieces.flatMap((piece) => {
    const near = spans
      .filter(([start, end]) => end > piece.start && start < piece.end)
      .map(([start, end]): Span => [Math.max(piece.start, start - around), Math.min(piece.end, end + around)])
      .sort((a, b) => a[0] - b[0]);
    const apart: Span[] = [];
    for (const span of near) {
      const last = apart.at(-1);
      if (last && span[0] <= last[1] + 80) last[1] = Math.max(last[1], span[1]);
      else apart.push([...span]);
    }
    return apart.map(([start, end]) => {
      let [from, text] = [start, slice(piece, start, end)];
      if (start > piece.start) {
        const cut = /^\S*\s+/.exec(text)?.[0] ?? "";
        text = text.slice(cut.length);
        from += pieceOf(0, cut).end;
      }
      return pieceOf(from, end < piece.end ? text.replace(/\s+\S*$/, "") : text);
    });
  });
}

/** Cuts a piece where a mark begins or ends. */
export function stretches(piece: Piece, marks: Mark[]): Stretch[] {
  const here = marks.filter(({ span }) => span[1] > piece.start && span[0] < piece.end && span[0] < span[1]);
  const cuts = new Set([piece.start, piece.end]);
  for (const { span } of here) {
    cuts.add(Math.max(piece.start, span[0]));
    cuts.add(Math.min(piece.end, span[1]));
  }
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((start, at) => ({
    start,
    text: slice(piece, start, ordered[at + 1] ?? piece.end),
    marks: here.filter(({ span }) => span[0] <= start && start < span[1]),
  }));
}
