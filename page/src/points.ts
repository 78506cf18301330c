// Points of the map: events at one place, and places so close on the screen that they are one circle.

import type { Entry } from "./entries";

export interface Place { x: number; y: number; lon: number; lat: number; name: string; where: string; wide: boolean; events: Entry[]; happened: number }

export interface Circle {
  x: number;
  y: number;
  radius: number;
  /** The largest first: it gives the name. */
  places: Place[];
  total: number;
  happened: number;
}

/** Places of the entries that have a point, the one with most events first. */
export function placesOf(entries: Entry[], project: (point: [number, number]) => [number, number] | null): Place[] {
  const places = new Map<string, Place>();
  for (const entry of entries) {
    const value = entry.event.place?.value;
    if (!entry.point || !value) continue;
    const key = entry.point.join(" ");
    let place = places.get(key);
    if (!place) {
      const at = project(entry.point);
      if (!at) continue;
      place = { x: at[0], y: at[1], lon: entry.point[0], lat: entry.point[1], name: value.name, where: entry.where, wide: value.level === "country" || value.level === "admin1", events: [], happened: 0 };
      places.set(key, place);
    }
    place.events.push(entry);
    if (entry.happened) place.happened += 1;
  }
  return [...places.values()].sort((a, b) => b.events.length - a.events.length || a.name.localeCompare(b.name));
}

/** How many pixels the radius of a single event's circle has, so that the largest of these is no larger than `bound`. */
function unitRadius(totals: number[], bound: number): number {
  return Math.min(5.5, bound / Math.sqrt(totals.reduce((most, total) => Math.max(most, total), 1)));
}

/** The area goes by the number of events; a few are never too small to be seen or hit. */
export function radiusOf(events: number, unit: number): number {
  return events === 0 ? 0 : Math.max(4, unit * Math.sqrt(events));
}

/** Circles at a scale and the radius of one event: joined at the size of their places, then at their own. */
export function circlesAt(places: Place[], scale: number): { circles: Circle[]; unit: number } {
  const first = joined(places, scale, unitRadius(places.map((place) => place.events.length), 24));
  const unit = unitRadius(first.map((circle) => circle.total), 34);
  return { circles: joined(places, scale, unit), unit };
}

/** Each place joins the larger circle that it would cover for the most part. */
function joined(places: Place[], scale: number, unit: number): Circle[] {
  const CELL = 48;
  const grid = new Map<string, Circle[]>();
  const circles: Circle[] = [];
  for (const place of places) {
    const [x, y] = [place.x * scale, place.y * scale];
    const radius = radiusOf(place.events.length, unit);
    const [column, row] = [Math.floor(x / CELL), Math.floor(y / CELL)];
    let nearest: Circle | undefined;
    let least = Infinity;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const circle of grid.get(`${column + dx} ${row + dy}`) ?? []) {
          const distance = Math.hypot(circle.x - x, circle.y - y);
          if (distance < Math.max(10, (circle.radius + radius) * 0.85) && distance < least) [nearest, least] = [circle, distance];
        }
      }
    }
    if (nearest) {
      nearest.places.push(place);
      nearest.total += place.events.length;
      nearest.happened += place.happened;
      nearest.radius = radiusOf(nearest.total, unit);
    } else {
      const circle = { x, y, radius, places: [place], total: place.events.length, happened: place.happened };
      circles.push(circle);
      const cell = grid.get(`${column} ${row}`);
      if (cell) cell.push(circle);
      else grid.set(`${column} ${row}`, [circle]);
    }
  }
  return circles;
}
