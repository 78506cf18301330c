// The map: land, coast lines and circles; where an event is chosen, arrows along the links that it spread by.

import { geoPath, type GeoPermissibleObjects } from "d3-geo";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import type { Entry } from "../entries";
import { circlesAt, placesOf, radiusOf, type Circle, type Place } from "../points";
import { fit, projectionFor, scaled, type View } from "../projection";
import { useSize } from "../size";
import type { Step } from "../spread";
import { useWords } from "../words";

interface Given {
  land: GeoPermissibleObjects;
  all: Entry[];
  entries: Entry[];
  selected?: Entry;
  steps: Step[];
  /** Shows the events of a circle: one is chosen, several become a filter. */
  open: (label: string, events: Entry[]) => void;
}

export function Map({ land, all, entries, selected, steps, open }: Given) {
  const words = useWords();
  const [box, { width, height }] = useSize<HTMLDivElement>();
  const [view, setView] = useState<View>({ k: 1, x: 0, y: 0 });
  const [focus, setFocus] = useState<string | undefined>();
  const svg = useRef<SVGSVGElement>(null);
  const pointers = useRef(new globalThis.Map<number, { x: number; y: number }>());
  const moved = useRef(false);

  const projection = useMemo(
    () => projectionFor(all.flatMap((entry) => (entry.point ? [entry.point] : [])), width || 600, height || 380),
    [all, width, height],
  );
  const coast = useMemo(() => geoPath(projection)(land) ?? "", [land, projection]);
  const places = useMemo(() => placesOf(entries, projection), [entries, projection]);
  const everywhere = useMemo(() => placesOf(all, projection), [all, projection]);
  const { circles, unit } = useMemo(() => circlesAt(places, view.k), [places, view.k]);
  const missing = entries.filter((entry) => !entry.point).length;
  const fitAll = () => setView(fit(places.length > 0 ? places : everywhere, width, height));

  useEffect(() => {
    if (width > 0) setView(fit(everywhere, width, height));
  }, [everywhere, width, height]);

  const at = (place: { x: number; y: number }) => ({ x: place.x * view.k + view.x, y: place.y * view.k + view.y });
  const pointOf = (entry: Entry | undefined) => {
    const point = entry?.point && projection(entry.point);
    return point ? { x: point[0], y: point[1] } : undefined;
  };

  // A chosen event that is out of sight is brought into it.
  useEffect(() => {
    const point = pointOf(selected);
    if (!point || width === 0) return;
    setView((before) => {
      const [x, y] = [point.x * before.k + before.x, point.y * before.k + before.y];
      if (x > 20 && x < width - 20 && y > 20 && y < height - 20) return before;
      return { ...before, x: before.x + width / 2 - x, y: before.y + height / 2 - y };
    });
  }, [selected, width, height, projection]);

  // The wheel scrolls the page unless Ctrl is held, as pinching on a touch pad does.
  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      setView((before) => scaled(before, Math.exp(-event.deltaY * 0.006), event.clientX - left, event.clientY - top));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [width > 0]);

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moved.current = false;
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    if (!moved.current && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
    if (!moved.current) svg.current?.setPointerCapture(event.pointerId);
    moved.current = true;
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, now);
    if (other) {
      const { left, top } = svg.current!.getBoundingClientRect();
      const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      setView((old) => scaled({ ...old, x: old.x + (now.x - before.x) / 2, y: old.y + (now.y - before.y) / 2 }, factor, (now.x + other.x) / 2 - left, (now.y + other.y) / 2 - top));
    } else {
      setView((old) => ({ ...old, x: old.x + now.x - before.x, y: old.y + now.y - before.y }));
    }
  };
  const onPointerEnd = (event: PointerEvent) => pointers.current.delete(event.pointerId);

  const label = (circle: Circle) => {
    const [first, ...others] = circle.places;
    const name = first?.where ?? "";
    return others.length > 0 ? `${name} + ${words.count("places", others.length)}` : name;
  };
  const activate = (circle: Circle) => {
    if (moved.current) return;
    const spread = fit(circle.places, width, height);
    if (circle.places.length > 1 && spread.k > view.k * 1.2) {
      setView({ ...spread, ...centred(circle.places, Math.min(spread.k, view.k * 8), width, height) });
      return;
    }
    open(label(circle), circle.places.flatMap((place) => place.events));
  };
  const keyOf = (circle: Circle) => `${circle.places[0]?.lon} ${circle.places[0]?.lat}`;

  const inSight = circles.filter((circle) => {
    const { x, y } = { x: circle.x + view.x, y: circle.y + view.y };
    return x > -40 && x < width + 40 && y > -40 && y < height + 40;
  });
  // The small are drawn over the large.
  inSight.sort((a, b) => b.total - a.total);
  const focused = inSight.find((circle) => keyOf(circle) === focus) ?? inSight[0];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const [middle, centre] = [width / 2, height / 2];
    const towards = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (towards && focused) {
      const nearest = nearestTowards(focused, inSight, towards[0] ?? 0, towards[1] ?? 0);
      if (nearest) {
        setFocus(keyOf(nearest));
        svg.current?.querySelector<SVGElement>(`[data-key="${keyOf(nearest)}"]`)?.focus();
      }
    } else if (event.key === "Enter" || event.key === " ") {
      moved.current = false;
      if (focused) activate(focused);
    } else if (event.key === "+" || event.key === "=") setView((before) => scaled(before, 1.5, middle, centre));
    else if (event.key === "-") setView((before) => scaled(before, 1 / 1.5, middle, centre));
    else if (event.key === "0") fitAll();
    else return;
    event.preventDefault();
  };

  const names = useMemo(() => labels(circles, view, width, height), [circles, view, width, height]);
  const chosen = pointOf(selected);
  const arrows = steps.flatMap((step) => {
    const [cause, effect] = [pointOf(all[step.cause]), pointOf(all[step.effect])];
    if (!cause || !effect || (cause.x === effect.x && cause.y === effect.y)) return [];
    return [{ step, path: arc(at(cause), at(effect)) }];
  });

  return (
    <figure class="map" aria-labelledby="map-title">
      <h2 id="map-title">{words.say("map")}</h2>
      <div class="map-box" ref={box}>
        {width > 0 && (
          <svg
            ref={svg}
            width={width}
            height={height}
            role="group"
            aria-label={words.say("map_label")}
            onPointerDown={onPointerDown}
            onPointerMove={onPointerMove}
            onPointerUp={onPointerEnd}
            onPointerCancel={onPointerEnd}
            onKeyDown={onKeyDown}
          >
            <defs>
              <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5.5" markerHeight="5.5" orient="auto">
                <path d="M0 0 8 4 0 8z" />
              </marker>
            </defs>
            <path class="land" d={coast} transform={`translate(${view.x} ${view.y}) scale(${view.k})`} aria-hidden="true" />
            <g transform={`translate(${view.x} ${view.y})`}>
              {inSight.map((circle) => {
                const key = keyOf(circle);
                const isChosen = selected !== undefined && circle.places.some((place) => place.events.includes(selected));
                const leading = leadingStatus(circle);
                return (
                  <g
                    key={key}
                    data-key={key}
                    class={isChosen ? "circle chosen" : "circle"}
                    role="button"
                    tabindex={circle === focused ? 0 : -1}
                    aria-label={`${label(circle)}: ${words.count("events", circle.total)}, ${words.say("happened").toLowerCase()}: ${words.number(circle.happened)}`}
                    aria-current={isChosen ? "true" : undefined}
                    transform={`translate(${circle.x} ${circle.y})`}
                    onClick={() => activate(circle)}
                    onFocus={() => setFocus(key)}
                  >
                    <circle class="target" r={Math.max(12, circle.radius)} />
                    {circle.happened > 0 && <circle class={circle.places.every((place) => place.wide) ? "happened wide" : "happened"} r={radiusOf(circle.happened, unit)} />}
                    {circle.happened < circle.total && <circle class={`other status-${leading}`} r={circle.radius} />}
                    {isChosen && <circle class="halo" r={circle.radius + 4} />}
                    {circle.total > 1 && circle.radius >= 4 + 3.7 * String(circle.total).length && (
                      <text class={circle.happened > circle.total / 2 ? "number on-fill" : "number"} dy="0.35em">{words.number(circle.total)}</text>
                    )}
                  </g>
                );
              })}
            </g>
            <g class="names" aria-hidden="true">
              {names.map(({ x, y, name }) => <text x={x} y={y}>{name}</text>)}
            </g>
            <g class="arrows" aria-hidden="true">
              {arrows.map(({ step, path }) => <path class={`relation-${step.link.relation}`} d={path} marker-end="url(#arrow)" />)}
            </g>
            {chosen && !entries.includes(selected!) && <circle class="halo" cx={at(chosen).x} cy={at(chosen).y} r={8} />}
          </svg>
        )}
        <div class="map-buttons">
          <button type="button" aria-label={words.say("zoom_in")} onClick={() => setView((before) => scaled(before, 1.6, width / 2, height / 2))}>+</button>
          <button type="button" aria-label={words.say("zoom_out")} onClick={() => setView((before) => scaled(before, 1 / 1.6, width / 2, height / 2))}>−</button>
          <button type="button" aria-label={words.say("zoom_fit")} onClick={fitAll}>⤢</button>
        </div>
      </div>
      <figcaption class="below">
        <div class="caption">
        <span class="legend"><svg class="mark-of" width="12" height="12" viewBox="0 0 14 14" aria-hidden="true"><circle class="legend-happened" cx="7" cy="7" r="5" /></svg> {words.say("legend_happened")}</span>
        <span class="legend"><svg class="mark-of" width="12" height="12" viewBox="0 0 14 14" aria-hidden="true"><circle class="legend-other" cx="7" cy="7" r="5" /></svg> {words.say("legend_other")}</span>
        <span>{words.say("legend_size")}. {everywhere.some((place) => place.wide) && words.say("legend_wide")}</span>{" "}
        {missing > 0 && <span id="without-point">{words.count("without_point", missing)}</span>}{" "}
        {arrows.length > 0 && <span>{words.say("arrows")}</span>}
        </div>
      <details class="as-table">
        <summary>{words.say("map_table")}</summary>
        <PlaceTable places={places} open={open} />
      </details>
      </figcaption>
    </figure>
  );
}

function PlaceTable({ places, open }: { places: Place[]; open: Given["open"] }) {
  const words = useWords();
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={words.say("map_table")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.say("place")}</th>
            <th scope="col">{words.say("happened")}</th>
            <th scope="col">{words.say("other")}</th>
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr>
              <th scope="row"><button type="button" class="plain" onClick={() => open(place.where, place.events)}>{place.where}</button></th>
              <td>{words.number(place.happened)}</td>
              <td>{words.number(place.events.length - place.happened)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The status, other than happened, that most events of a circle have. */
function leadingStatus(circle: Circle): string {
  const counts: { [status: string]: number } = {};
  for (const { event } of circle.places.flatMap((place) => place.events)) {
    const status = event.status.value;
    if (status !== "happened") counts[status] = (counts[status] ?? 0) + 1;
  }
  return Object.entries(counts).sort((a, b) => b[1] - a[1])[0]?.[0] ?? "planned";
}

function centred(places: Place[], k: number, width: number, height: number): View {
  const mean = (of: (place: Place) => number) => places.reduce((sum, place) => sum + of(place), 0) / places.length;
  return { k, x: width / 2 - mean((place) => place.x) * k, y: height / 2 - mean((place) => place.y) * k };
}

function nearestTowards(from: Circle, circles: Circle[], dx: number, dy: number): Circle | undefined {
  let [best, least]: [Circle | undefined, number] = [undefined, Infinity];
  for (const circle of circles) {
    const [x, y] = [circle.x - from.x, circle.y - from.y];
    const along = x * dx + y * dy;
    if (circle === from || along <= 0) continue;
    const cost = along + 2.5 * Math.abs(x * dy - y * dx);
    if (cost < least) [best, least] = [circle, cost];
  }
  return best;
}

/** Names of places where they cover neither a circle nor another name. */
function labels(circles: Circle[], view: View, width: number, height: number): { x: number; y: number; name: string }[] {
  const taken: [number, number, number, number][] = circles.map(({ x, y, radius }) => [x + view.x - radius, y + view.y - radius, x + view.x + radius, y + view.y + radius]);
  // The buttons stand in the upper corner.
  taken.push([width - 48, 0, width, 124]);
  const shown: { x: number; y: number; name: string }[] = [];
  for (const circle of [...circles].sort((a, b) => b.total - a.total)) {
    if (shown.length >= 24) break;
    const name = circle.places[0]?.name ?? "";
    const long = name.length * 6.2;
    const [cx, cy] = [circle.x + view.x, circle.y + view.y];
    const spots: [number, number][] = [[cx + circle.radius + 4, cy + 4], [cx - circle.radius - 4 - long, cy + 4], [cx - long / 2, cy - circle.radius - 5], [cx - long / 2, cy + circle.radius + 13]];
    for (const [x, y] of spots) {
      const area: [number, number, number, number] = [x, y - 10, x + long, y + 3];
      if (x < 4 || x + long > width - 4 || y < 12 || y > height - 4) continue;
      if (taken.some((other) => other[0] < area[2] && other[2] > area[0] && other[1] < area[3] && other[3] > area[1])) continue;
      taken.push(area);
      shown.push({ x, y, name });
      break;
    }
  }
  return shown;
}

/** A bow from one point to another. */
function arc(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const distance = Math.hypot(dx, dy);
  const bend = Math.min(60, distance * 0.22);
  const [mx, my] = [(from.x + to.x) / 2 + (dy / distance) * bend, (from.y + to.y) / 2 - (dx / distance) * bend];
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
}
