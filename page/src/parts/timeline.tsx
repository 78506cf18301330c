// Events over time, as bars by day, week, month or year; dragging over them or moving either end chooses a period.

import { useMemo, useRef, useState } from "preact/hooks";

import { floorTo, next, unitFor, units, type Unit } from "../days";
import type { Entry, Filters } from "../entries";
import { useSize } from "../size";
import { useWords, type Words } from "../words";

interface Given {
  /** Events by all filters but the dates. */
  entries: Entry[];
  /** All events: the scale stays where it is while filters change. */
  all: Entry[];
  selected?: Entry;
  filters: Filters;
  setFilters: (change: (filters: Filters) => Filters) => void;
}

interface Bar { start: number; end: number; happened: number; other: number }

const HEIGHT = 100;
const EDGE = { left: 10, right: 10, top: 8, bottom: 22 };

export function Timeline({ entries, all, selected, filters, setFilters }: Given) {
  const words = useWords();
  const [box, { width }] = useSize<HTMLDivElement>();
  const [drag, setDrag] = useState<[number, number] | undefined>();
  const dragged = useRef(false);
  const scale = useMemo(() => scaleOf(all), [all]);
  const bars = useMemo(() => (scale ? barsOf(entries, scale.starts, scale.unit) : []), [entries, scale]);
  const undated = entries.filter((entry) => entry.first === undefined).length;
  if (!scale) return <p class="aside">{words.count("without_date", undated)}</p>;

  const inner = Math.max(50, width - EDGE.left - EDGE.right);
  const { first, end } = scale;
  const x = (day: number) => EDGE.left + ((day - first) / (end - first)) * inner;
  const dayAt = (position: number) => first + ((position - EDGE.left) / inner) * (end - first);
  const most = Math.max(1, ...bars.map((bar) => bar.happened + bar.other));
  const tall = HEIGHT - EDGE.top - EDGE.bottom;
  const y = (events: number) => EDGE.top + tall - (events / most) * tall;
  const from = drag ? Math.min(...drag) : (filters.from ?? first);
  const to = drag ? Math.max(...drag) : Math.min(end - 1, filters.to ?? end - 1);
  const isChosen = drag !== undefined || filters.from !== undefined || filters.to !== undefined;

  const choose = (low: number, high: number) => {
    const whole = low <= first && high >= end - 1;
    setFilters((before) => ({ ...before, from: whole ? undefined : Math.max(first, low), to: whole ? undefined : Math.min(end - 1, high) }));
  };
  const snap = ([a, b]: [number, number]): [number, number] => [
    floorTo(Math.floor(Math.min(a, b)), scale.unit),
    next(Math.floor(Math.max(a, b)), scale.unit) - 1,
  ];
  const position = (event: PointerEvent) => {
    const left = box.current?.getBoundingClientRect().left ?? 0;
    return Math.min(end - 0.001, Math.max(first, dayAt(event.clientX - left)));
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    dragged.current = false;
    setDrag([position(event), position(event)]);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!drag) return;
    dragged.current ||= Math.abs(x(position(event)) - x(drag[0])) > 3;
    setDrag([drag[0], position(event)]);
  };
  const onPointerUp = () => {
    if (!drag) return;
    const [low, high] = snap(drag);
    // A click on the chosen period gives it up, one elsewhere chooses its bar.
    if (!dragged.current && filters.from === low && filters.to === high) choose(first, end);
    else choose(low, high);
    setDrag(undefined);
  };
  const handle = (which: "from" | "to", value: number) => {
    const move = (event: KeyboardEvent) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 5, PageDown: -5 }[event.key];
      if (step === undefined && event.key !== "Home" && event.key !== "End") return;
      event.preventDefault();
      const starts = scale.starts;
      let at = starts.findLastIndex((start) => start <= value);
      at = event.key === "Home" ? 0 : event.key === "End" ? starts.length - 1 : Math.min(starts.length - 1, Math.max(0, at + (step ?? 0)));
      const start = starts[at] ?? first;
      if (which === "from") choose(start, Math.max(to, next(start, scale.unit) - 1));
      else choose(Math.min(from, start), next(start, scale.unit) - 1);
    };
    const at = x(which === "from" ? value : value + 1);
    return (
      <g
        class="handle"
        role="slider"
        // Small letters: attributes of SVG are taken as they are written.
        tabindex={0}
        aria-label={words.say(which === "from" ? "first_day" : "last_day")}
        aria-valuemin={first}
        aria-valuemax={end - 1}
        aria-valuenow={Math.round(value)}
        aria-valuetext={words.day(Math.round(value))}
        transform={`translate(${at} 0)`}
        onKeyDown={move}
      >
        <line y1={EDGE.top} y2={HEIGHT - EDGE.bottom} />
        <rect x={-4} y={EDGE.top + tall / 2 - 11} width={8} height={22} rx={3} />
      </g>
    );
  };

  return (
    <section class="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">
        {words.say("timeline")} <small>{words.name("units", scale.unit)}</small>
      </h2>
      <div ref={box} class="timeline-box">
        {width > 0 && (
          <svg width={width} height={HEIGHT} role="group" aria-labelledby="timeline-title">
            <g aria-hidden="true">
              <rect class="track" x={EDGE.left} y={EDGE.top} width={inner} height={tall} onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp} />
              {isChosen && <rect class="chosen-period" x={x(from)} y={EDGE.top} width={Math.max(1, x(Math.ceil(to + 1)) - x(from))} height={tall} />}
              <Bars bars={bars} x={x} y={y} from={isChosen ? from : -Infinity} to={isChosen ? to : Infinity} width={width} />
              <line class="axis" x1={EDGE.left} x2={EDGE.left + inner} y1={y(0)} y2={y(0)} />
              {ticks(scale.starts, inner, scale.unit, words).map(({ day, label }) => (
                <g transform={`translate(${x(day)} ${y(0)})`}>
                  <line class="axis" y2={4} />
                  <text y={16} text-anchor={x(day) < 30 ? "start" : x(day) > width - 40 ? "end" : "middle"}>{label}</text>
                </g>
              ))}
              {selected?.first !== undefined && <path class="pointer" d={`M${x(selected.first + 0.5)} ${y(0)}l-5 7h10z`} />}
            </g>
            {handle("from", from)}
            {handle("to", to)}
          </svg>
        )}
      </div>
      <div class="below">
      <p class="caption">
        {words.say("timeline_hint")} {undated > 0 && <span>{words.count("without_date", undated)}</span>}
        {(filters.from !== undefined || filters.to !== undefined) && (
          <>
            {" "}
            <button type="button" class="plain" onClick={() => choose(first, end)}>{words.say("timeline_all")}</button>
          </>
        )}
      </p>
      <details class="as-table">
        <summary>{words.say("timeline_table")}</summary>
        <PeriodTable bars={bars} unit={scale.unit} />
      </details>
      </div>
    </section>
  );
}

interface BarsGiven { bars: Bar[]; x: (day: number) => number; y: (events: number) => number; from: number; to: number; width: number }

/** The bars; drawn again only where they, the period or the width change. */
function Bars({ bars, x, y, from, to, width }: BarsGiven) {
  return useMemo(
    () => (
      <>
        {bars.map((bar) => {
          const [left, wide] = [x(bar.start), Math.max(1, x(bar.end) - x(bar.start) - (bars.length > 200 ? 0 : 1))];
          const [low, high] = [y(bar.happened), y(bar.happened + bar.other)];
          return (
            <g class={bar.end > from && bar.start <= to ? "bar" : "bar outside"}>
              {bar.happened > 0 && <rect class="happened" x={left} y={low} width={wide} height={y(0) - low} />}
              {bar.other > 0 && <rect class="other" x={left + 0.5} y={high + 0.5} width={Math.max(0.5, wide - 1)} height={Math.max(0.5, low - high - 1)} />}
            </g>
          );
        })}
      </>
    ),
    [bars, from, to, width],
  );
}

function PeriodTable({ bars, unit }: { bars: Bar[]; unit: Unit }) {
  const words = useWords();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={words.say("timeline_table")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.say("period")}</th>
            <th scope="col">{words.say("happened")}</th>
            <th scope="col">{words.say("other")}</th>
          </tr>
        </thead>
        <tbody>
          {bars.filter((bar) => bar.happened + bar.other > 0).map((bar) => (
            <tr>
              <th scope="row">{periodName(bar, unit, words)}</th>
              <td>{words.number(bar.happened)}</td>
              <td>{words.number(bar.other)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function periodName(bar: Bar, unit: Unit, words: Words): string {
  switch (unit) {
    case "day": return words.day(bar.start);
    case "month": return words.day(bar.start, "month");
    case "year": return words.day(bar.start, "year");
    default: return `${words.day(bar.start)} – ${words.day(bar.end - 1)}`;
  }
}

function scaleOf(entries: Entry[]) {
  let [low, high] = [Infinity, -Infinity];
  for (const { first } of entries) {
    if (first === undefined) continue;
    [low, high] = [Math.min(low, first), Math.max(high, first)];
  }
  if (low > high) return undefined;
  const unit = unitFor(high - low + 1);
  // A single day would be one bar as wide as the page.
  const margin = unit === "day" ? Math.max(0, Math.ceil((14 - (high - low)) / 2)) : 0;
  const starts = units(low - margin, high + margin, unit);
  return { unit, starts, first: starts[0] ?? low, end: next(starts.at(-1) ?? high, unit) };
}

function barsOf(entries: Entry[], starts: number[], unit: Unit): Bar[] {
  const bars = new Map(starts.map((start) => [start, { start, end: next(start, unit), happened: 0, other: 0 }]));
  for (const entry of entries) {
    if (entry.first === undefined) continue;
    const bar = bars.get(floorTo(entry.first, unit));
    if (bar) bar[entry.happened ? "happened" : "other"] += 1;
  }
  return [...bars.values()];
}

/** Labels of the axis, as many as there is room for. */
function ticks(starts: number[], room: number, unit: Unit, words: Words): { day: number; label: string }[] {
  const wide = unit === "year" || unit === "decade" ? 46 : unit === "month" ? 76 : 72;
  const every = Math.max(1, Math.ceil(starts.length / Math.max(1, Math.floor(room / wide))));
  // Years at round numbers, months at the turn of quarters and years.
  const round = unit === "month" ? [1, 3, 6, 12, 24, 60, 120] : unit === "year" ? [1, 2, 5, 10, 20, 50] : [1, 2, 4, 7, 13, 26];
  const step = round.find((number) => number >= every) ?? every;
  const isRound = (day: number, at: number) => {
    const date = new Date(day * 86_400_000);
    if (unit === "year") return date.getUTCFullYear() % step === 0;
    if (unit === "month") return (date.getUTCFullYear() * 12 + date.getUTCMonth()) % step === 0;
    return at % step === 0;
  };
  const style = unit === "year" || unit === "decade" || step >= 12 && unit === "month" ? "year" : unit === "month" ? "month" : "dayMonth";
  return starts.filter(isRound).map((day) => ({ day, label: words.day(day, style) }));
}
